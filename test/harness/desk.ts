import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Operator } from '../../src/core/desk/operator.ts';
import { formTokenOf } from '../../src/core/desk/token.ts';
import { addOperator } from '../../src/steps/desk/operators.ts';
import type { Outside } from '../../src/steps/steps.ts';

export const PASSWORD = 'correct horse battery';

/** An operator's browser on the desk, without a window. */
export interface DeskVisit {
  readonly token: string;
  get(url: string, options?: InjectOptions): Promise<LightMyRequestResponse>;
  /** Sends a form as a page of this session does. */
  post(url: string, fields?: Record<string, string>): Promise<LightMyRequestResponse>;
}

/** Makes an operator and signs them in by the real page. */
export async function enterDesk(
  { app, outside }: { app: FastifyInstance; outside: Outside },
  given: Partial<Omit<Operator, 'id'>> & { name: string },
): Promise<DeskVisit> {
  const rights = { role: 'operate', mayResendAll: false, address: null, ...given } as const;
  await addOperator(outside, { ...rights, password: PASSWORD, actor: 'test' });
  const answer = await sendForm(app, '/admin/sign-in', { name: given.name, password: PASSWORD });
  const [cookie] = answer.cookies;
  if (!cookie) throw new Error(`${given.name} was not let in: ${answer.statusCode}`);
  const headers = { cookie: `${cookie.name}=${cookie.value}` };
  return {
    token: cookie.value,
    get: (url, options = {}) => app.inject({ method: 'GET', url, headers, ...options }),
    post: (url, fields = {}) =>
      sendForm(app, url, { form: formTokenOf(cookie.value), ...fields }, headers),
  };
}

/** Sends a form as a browser on our own page does. */
export function sendForm(
  app: FastifyInstance,
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<LightMyRequestResponse> {
  return app.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      ...headers,
    },
    payload: new URLSearchParams(fields).toString(),
  });
}
