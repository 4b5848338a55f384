import { judgeAnswer, type PostVerdict } from '../../core/channels/answer.ts';
import type { EditionPost } from '../../core/channels/edition-post.ts';
import { hideSecrets, type Place, type ServiceName } from '../../core/channels/place.ts';
import { type PostName, services } from '../../core/channels/services.ts';
import type { Outside } from '../steps.ts';

/** What was answered, and what it means. */
export interface Posted {
  readonly verdict: PostVerdict;
  readonly status: number | null;
}

/**
 * Posts once in a service's own form; never rejects. `gate` is asked before the first byte: where it
 * says no, nothing goes out, and undefined comes back.
 */
export async function postTo(
  { poster, config }: Pick<Outside, 'poster' | 'config'>,
  to: { readonly service: ServiceName; readonly place: Place },
  message: { readonly post: EditionPost; readonly name: PostName },
  gate: () => Promise<boolean> = async () => true,
): Promise<Posted | undefined> {
  const { build, manners } = services[to.service];
  const { url, secret, method, ...wire } = build(to.place, message.post, message.name);
  if (!(await gate())) return undefined;
  const answer = await poster.post({
    url,
    post: {
      ...wire,
      ...(method === 'PUT' ? { method } : {}),
      ...(secret ? { signed: { id: message.name.id, secrets: [secret] } } : {}),
    },
    mayBePrivate: config.channels.allowPrivate,
  });
  const { status, said } = answer;
  const words = hideSecrets(said ? `${answer.words}: ${said}` : answer.words, to.place);
  return { verdict: judgeAnswer({ ...answer, words }, manners), status: status ?? null };
}
