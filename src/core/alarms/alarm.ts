/** What an alarm is about, in one word. */
export type AlarmName =
  | 'accounting'
  | 'twice'
  | 'too_many'
  | 'stalled'
  | 'no_edition'
  | 'nothing_accepted'
  | 'paused'
  | 'slowed'
  | 'returned'
  | 'relay'
  | 'in_doubt'
  | 'no_worker'
  | 'wedged'
  | 'busy'
  | 'feed'
  | 'channel'
  | 'webhook';

/** Something that should not be: what, of which thing, and in words. */
export interface Finding {
  readonly name: AlarmName;
  readonly subject: string;
  readonly detail: string;
}

/** A finding that lasts. */
export interface Alarm extends Finding {
  readonly id: number;
  readonly firstAt: Date;
}

interface AlarmKind {
  /** What it is, as half a sentence. */
  readonly title: string;
  /** What to do. */
  readonly advice: string;
  /** Whether it is an illness of the service; what waits for a person is none. */
  readonly isFault: boolean;
  /** How long it must last before anybody is told: a restart is no alarm, nor is what goes on after a pause. */
  readonly patienceMs: number;
}

const RESTART_MS = 2 * 60_000;
const PAUSE = 'Pause with "paperround deliveries pause all" until you know why.';
const fault = { isFault: true, patienceMs: 0 };
const absence = { isFault: true, patienceMs: RESTART_MS };
const waiting = { isFault: false, patienceMs: 0 };

/** Every kind of alarm: its words, and how it is told. */
export const alarmKinds: Readonly<Record<AlarmName, AlarmKind>> = {
  accounting: {
    ...fault,
    title: 'a round does not add up',
    advice:
      'The round is not as it was planned. Nothing was sent twice for it; look at its deliveries.',
  },
  twice: {
    ...fault,
    title: 'a second copy went out',
    advice: `Someone got a second copy that nobody asked for. ${PAUSE}`,
  },
  too_many: {
    ...fault,
    title: 'too many messages were accepted',
    advice: `More was accepted than planned. ${PAUSE}`,
  },
  stalled: {
    ...absence,
    title: 'sending stands still',
    advice: 'Is a "paperround workers" process running, does Redis answer, and does the relay?',
  },
  no_edition: {
    ...absence,
    title: 'no edition was cut',
    advice:
      'Is a "paperround workers" process running? "paperround editions cut" cuts one by hand.',
  },
  nothing_accepted: {
    ...absence,
    title: 'readers are due and nothing was accepted',
    advice: '"paperround deliveries status" and "paperround today" say what the relay answers.',
  },
  paused: {
    ...waiting,
    title: 'sending was paused by the breaker',
    advice:
      'When the cause is mended, "paperround deliveries resume EDITION" lets it go on ("paperround today" names it); refused addresses of that time wait in "paperround deliveries bounced".',
  },
  slowed: {
    ...waiting,
    title: 'confirmations were slowed down',
    advice:
      'Each waits a quarter of an hour and then goes out; all other mail goes on. Is it the mail server, or does somebody type addresses of others? "paperround deliveries list --state failed" has the answers.',
  },
  returned: {
    ...waiting,
    title: 'much of an edition came back',
    advice:
      'Look at some of the reports in the Inbox: whoever got a digest can write one, so nothing was stopped by them. If they are right, "paperround deliveries pause EDITION" stops it.',
  },
  relay: {
    ...waiting,
    title: 'a relay refuses us',
    advice:
      'Others take its mail where there are others. Look at its words: sign-in, a blocklist, or the domain of MAIL_FROM? "paperround doctor" asks it without sending anything.',
  },
  in_doubt: {
    ...waiting,
    title: 'deliveries are in doubt',
    advice:
      '"paperround deliveries doubt" lists them by name; decide with "paperround deliveries resolve".',
  },
  no_worker: {
    isFault: false,
    patienceMs: RESTART_MS,
    title: 'no worker runs',
    advice: 'Nothing is fetched, cut or sent before "paperround workers" (or "npm start") runs.',
  },
  wedged: {
    isFault: false,
    patienceMs: RESTART_MS,
    title: 'a worker hears nothing from its queue',
    advice: 'It ends itself so that it is started anew. If that does not help, look at Redis.',
  },
  busy: {
    isFault: false,
    patienceMs: RESTART_MS,
    title: 'a process keeps others waiting',
    advice:
      'Pages and probes wait for it. Are there too few cores, or too little memory, so that it swaps? "nodejs_eventloop_lag_p99_seconds" at /metrics shows since when.',
  },
  feed: {
    ...waiting,
    title: 'a feed failed',
    advice:
      'The day was cut without it. Its papers come with the next edition after it can be read again. To see more: paperround feeds show NAME',
  },
  channel: {
    ...waiting,
    title: 'a post to a channel does not stand for sure',
    advice:
      'Look there, and at "paperround channels log NAME": "channels resend NAME EDITION" posts it once more, "channels test NAME" says whether its service takes anything. Mail does not wait for it.',
  },
  webhook: {
    ...waiting,
    title: 'a webhook is off',
    advice:
      'Nothing is lost: its place is kept. Mend its receiver and say "paperround webhooks on NAME", or "webhooks remove NAME"; "webhooks log NAME" has every answer.',
  },
};

/** An alarm in words, with what to do. */
export function tellAlarm({ name, subject, detail }: Finding): string {
  const { advice } = alarmKinds[name];
  return `${name.replaceAll('_', ' ')}: ${subject}: ${detail.replace(/[.]$/, '')}. ${advice}`;
}
