import { buildEditionPost, cutPost, type EditionPost } from '../../core/channels/edition-post.ts';
import { buildPlain } from '../../core/channels/forms/plain.ts';
import { editionPath } from '../../core/edition/edition-link.ts';
import type { StoredDelivery } from '../../core/letter/delivery.ts';
import { buildDigestView, WIDEST_LIMITS } from '../../core/letter/digest.ts';
import { isDigest, withoutReader } from '../../core/letter/digest-content.ts';
import { wordsOf } from '../../core/words/words.ts';
import type { Outside } from '../steps.ts';

/**
 * What a stored post says, by the settings that were frozen with it: without reasons, since nobody in
 * a channel is "you". Undefined where it was pruned or erased.
 */
export async function writeEditionPost(
  { store }: Pick<Outside, 'store'>,
  delivery: StoredDelivery,
): Promise<EditionPost | undefined> {
  const { content, address } = delivery;
  if (!address || !isDigest(content)) return undefined;
  const editions = await store.editions.listTexts(content.editions);
  const newest = editions.find(({ id }) => id === content.editions[0]);
  if (!newest) return undefined;
  const rendering = await store.records.getRendering(delivery.rendering);
  const { publicUrl, webPath = '', language = 'en', sender } = rendering;
  const words = wordsOf(language);
  // What rises is told to readers, who have it each once.
  const { rising: _, ...shown } = withoutReader(content);
  const view = buildDigestView(shown, editions, { limits: WIDEST_LIMITS, words });
  const page = `${publicUrl}${webPath}${editionPath(newest)}`;
  return buildEditionPost(view, { site: sender.siteName, page, words });
}

/** What a stored post says, in words alone. Undefined where it was pruned or erased. */
export async function tellPost(
  { store }: Pick<Outside, 'store'>,
  deliveryId: number,
): Promise<string | undefined> {
  const delivery = await store.deliveries.find(deliveryId);
  const post = delivery && (await writeEditionPost({ store }, delivery));
  return post && buildPlain(cutPost(post, post.papers.length));
}
