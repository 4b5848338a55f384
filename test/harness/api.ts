import type { LightMyRequestResponse } from 'fastify';
import type { Role } from '../../src/core/desk/operator.ts';
import { addApiKey, addOperator } from '../../src/steps/desk/operators.ts';
import { PASSWORD } from './desk.ts';
import type { Live } from './live.ts';

/** A request as a script makes it. */
export interface ApiCall {
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Of a body that is text. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the API with a key, or with none. */
export type CallApi = (call: ApiCall) => Promise<LightMyRequestResponse>;

/** Makes an operator and a key of theirs; calls go below `/api/v1`. */
export async function enterApi(
  live: Pick<Live, 'app' | 'outside'>,
  given: { name: string; role?: Role; mayResendAll?: boolean },
): Promise<CallApi> {
  const { name, role = 'operate', mayResendAll = false } = given;
  const actor = 'test';
  const operator = { name, role, mayResendAll, address: null, password: PASSWORD, actor };
  await addOperator(live.outside, operator);
  const key = await addApiKey(live.outside, { key: `${name}-key`, name, role, actor });
  return callApi(live, key);
}

/** The same for a key that is there already; without one, as a stranger. */
export function callApi({ app }: Pick<Live, 'app'>, key?: string): CallApi {
  return ({ method = 'GET', path, query = {}, body, type, headers = {} }) => {
    const search = new URLSearchParams(query).toString();
    return app.inject({
      method: method as 'GET',
      url: `/api/v1${path}${search ? `?${search}` : ''}`,
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  };
}
