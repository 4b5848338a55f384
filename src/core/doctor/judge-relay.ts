import { type Certificate, judgeCertificate } from './certificate.ts';
import { type Finding, fail, ok } from './finding.ts';

/** How far a session with a relay came; no message was sent. */
export interface RelayFacts {
  /** The step that was refused, broke or was never answered; undefined where all went well. */
  readonly stoppedAt?: RelayStep | undefined;
  /** The server's words, or the fault of the connection. */
  readonly reason?: string | undefined;
  readonly certificate?: Certificate | undefined;
  /** True where the server asked for none, or took ours. */
  readonly isSignedIn: boolean;
}

/** The steps of a session in their order. */
export type RelayStep = 'connect' | 'greeting' | 'hello' | 'starttls' | 'tls' | 'auth' | 'mail';

/** A relay as it is judged. */
export interface RelayCase {
  /** Host and port, never credentials. */
  readonly name: string;
  /** True where the session must be encrypted. */
  readonly needsTls: boolean;
  readonly hasPassword: boolean;
  /** Return paths that were tried. */
  readonly from: readonly string[];
  readonly facts: RelayFacts;
}

/** Judges a session with one relay, by the step at which it ended. */
export function judgeRelay(relay: RelayCase, now: Date): Finding[] {
  const { name, facts } = relay;
  const certificate = facts.certificate
    ? judgeCertificate(`the relay ${name}`, facts.certificate, now)
    : [];
  // A certificate that nobody trusts is why the session went no further.
  if (facts.certificate?.fault) return certificate;
  const stopped = facts.stoppedAt && tellStop(relay, facts.stoppedAt);
  if (stopped) return [...certificate, stopped];
  if (certificate.length > 0) return certificate;
  const ends = facts.certificate?.endsAt.toISOString().slice(0, 10);
  const tls = ends ? `encrypted (certificate until ${ends})` : 'without encryption on this machine';
  const login = relay.hasPassword ? ', the password was accepted' : '';
  return [
    ok(
      `The relay ${name} answers, ${tls}${login}, and takes mail from ${relay.from.join(' and ')}.`,
    ),
  ];
}

function tellStop(relay: RelayCase, step: RelayStep): Finding {
  const { name, facts } = relay;
  const reason = facts.reason ?? 'no reason was given';
  const unreachable = 'Look at host and port in SMTP_URL, at the firewall, and whether it runs.';
  switch (step) {
    case 'connect':
      return fail(`The relay ${name} cannot be reached: ${reason}.`, unreachable);
    case 'greeting':
    case 'hello':
      return fail(
        `The relay ${name} can be reached, but does not greet as a mail server does: ${reason}.`,
        'Is it the right port? 587 speaks STARTTLS (smtp://), 465 TLS at once (smtps://).',
      );
    case 'starttls':
      return fail(
        `The relay ${name} offers no STARTTLS, so nothing is sent through it: ${reason}.`,
        'Turn TLS on there, use its port for smtps://, or a relay that has it.',
      );
    case 'tls':
      return fail(
        `The relay ${name} does not come to an encrypted session: ${reason}.`,
        'It must speak TLS 1.2 or later. smtps:// is for port 465, smtp:// with STARTTLS for 587.',
      );
    case 'auth':
      return fail(
        `The relay ${name} refuses to sign us in: ${reason}.`,
        'Look at user and password in SMTP_URL; special characters are written as %XX.',
      );
    case 'mail':
      return fail(
        `The relay ${name} does not take mail from ${relay.from.join(' or ')}: ${reason}.`,
        'Allow this sender there, or set MAIL_FROM (and INBOUND_DOMAIN) to what it allows.',
      );
  }
}
