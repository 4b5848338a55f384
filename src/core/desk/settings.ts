/** A setting as it may be shown, by its name in the environment. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  /** `unknown`: nothing reads it. */
  readonly state: 'set' | 'default' | 'not set' | 'unknown';
}

/** Settings that are as good as a password. */
const SECRET =
  /^(SECRET_KEYS|WEBHOOK_SECRETS|SES_TOPICS|ALARM_WEBHOOK_URL|HEARTBEAT_URL)$|_(KEY|SECRET|PASSWORD|TOKEN|WEBHOOK)$/;

/**
 * Every setting in its order with what holds: what was given, else its default. Of what is secret only
 * whether it is set is told, and of an address with a password all but user and password.
 */
export function describeSettings(
  given: Readonly<Record<string, string | undefined>>,
  defaults: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Setting[] {
  return names.map((name) => {
    const typed = given[name];
    const usual = defaults[name] === undefined ? undefined : String(defaults[name]);
    if (typed === undefined || typed === usual) {
      return usual === undefined
        ? { name, value: '', state: 'not set' }
        : { name, value: usual, state: 'default' };
    }
    return { name, value: SECRET.test(name) ? 'not shown' : hide(typed), state: 'set' };
  });
}

/** Names that are set and that nothing reads, each in a sentence. */
export function describeUnknown(
  unknown: readonly { readonly name: string; readonly said: string }[],
): Setting[] {
  return unknown.map(({ name, said }) => ({ name, value: said, state: 'unknown' }));
}

/** Without user and password, wherever a URL may have them. */
function hide(text: string): string {
  return text
    .replace(/\/\/[^\s/@]+@/g, '//(hidden)@')
    .replace(/([?&](?:user|password|pass|token|key)=)[^&\s]+/gi, '$1(hidden)');
}
