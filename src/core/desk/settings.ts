/** A setting as it may be shown. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

const SECRET = /^(keys|webhookSecrets|webhook|heartbeatUrl)$|secret|password|token/i;

/**
 * Every setting by its path, such as `sending.connections`, without what is secret: of that
 * only whether it is set, and of an address with a password all but the password.
 */
export function describeSettings(settings: object, path: readonly string[] = []): Setting[] {
  return Object.entries(settings).flatMap(([name, value]: [string, unknown]) => {
    const here = [...path, name];
    const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (SECRET.test(name) || path.includes('vendors'))
      return [{ name: here.join('.'), value: tellSecret(value) }];
    if (isGroup) return describeSettings(value, here);
    return [{ name: here.join('.'), value: tell(value) }];
  });
}

function tellSecret(value: unknown): string {
  const isSet = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
  return isSet ? 'set, and not shown' : 'not set';
}

function tell(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'not set';
  if (Array.isArray(value)) return value.map(tell).join(', ') || 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value).replace(/\/\/[^\s/@]+@/g, '//(hidden)@');
}
