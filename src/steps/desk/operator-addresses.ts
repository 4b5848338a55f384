import type { Outside } from '../steps.ts';

/**
 * Where operators are told what they must know: everyone who may operate and has an address,
 * else the service's own. None where nobody has that one (`.invalid`).
 */
export async function listOperatorAddresses({
  store,
  config,
}: Pick<Outside, 'store' | 'config'>): Promise<string[]> {
  const operators = await store.access.listOperators();
  const addresses = operators.flatMap(({ role, address }) =>
    role === 'operate' && address ? address : [],
  );
  const told = addresses.length > 0 ? addresses : [config.site.contact];
  return [...new Set(told)].filter((address) => !address.endsWith('.invalid'));
}
