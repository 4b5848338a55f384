import { SESSION_MS } from '../../src/core/reader/session.ts';
import { unsubscribe } from '../../src/steps/readers/subscribe.ts';
import type { Live } from './live.ts';
import { cutWith, subscribe } from './morning.ts';
import { makePapers } from './papers.ts';
import { type ReaderBrowser, signReaderIn } from './reader-session.ts';

/** Who is in it, in the order in which they join. */
export const EIGHT = ['Ada', 'Ben', 'Cyd', 'Dan', 'Eva', 'Fay', 'Gil', 'Hal'] as const;
export type Name = (typeof EIGHT)[number];

/** A lab of eight that reads together, on a clock that tests turn. */
export interface Lab {
  /** The path of its circle. */
  readonly here: string;
  as(name: Name): Promise<ReaderBrowser>;
  /** The words of a page as a member sees it. */
  page(name: Name, path?: string): Promise<string>;
  /** Marks a paper of the newest edition; its id. */
  mark(name: Name, place: number, line?: string): Promise<number>;
  act(name: Name, fields: Record<string, string>): ReturnType<Live['post']>;
  /** The number that a paper has in the circle. */
  placeOf(name: Name, title: string): Promise<string>;
  titleOf(place: number): Promise<string>;
  /** Turns the clock to a morning, cuts and mails. */
  morning(date: string): Promise<void>;
  /** The text of the last digest to a member, blanks folded. */
  letter(name: Name): string;
  html(name: Name): string;
  letters(name: Name): number;
  subscription(name: Name): Promise<{ id: number; subscriberId: number }>;
  leaveTheSite(name: Name): Promise<void>;
}

const addressOf = (name: Name) => `${name.toLowerCase()}@lab.example`;

/** Has eight readers form a circle of a term: one opens it, the others join by the link. */
export async function openLab(live: Live, date: string): Promise<Lab> {
  const browsers = new Map<Name, { browser: ReaderBrowser; until: number }>();
  const { store } = live.outside;
  const as = async (name: Name) => {
    const now = live.clock.now().getTime();
    const known = browsers.get(name);
    if (known && known.until > now) return known.browser;
    const browser = await signReaderIn(live, addressOf(name));
    browsers.set(name, { browser, until: now + SESSION_MS });
    return browser;
  };
  const cut = async (day: string) => {
    live.clock.set(`${day}T06:00:00Z`);
    await cutWith(live.outside, makePapers(day, 6));
    live.clock.set(`${day}T07:01:00Z`);
    await live.settle();
  };
  for (const name of EIGHT) {
    // Of what the editions bring nothing is for them: what comes by mail is the circle's.
    await subscribe(live.outside, addressOf(name), { profile: { topics: ['nothing like it'] } });
  }
  await cut(date);
  const opened = await (await as('Ada')).post('/circles', { name: 'Tidal Lab', as: 'Ada' });
  const here = String(opened.headers.location);
  const shown = (await (await as('Ada')).get(here)).body;
  const invitation = /value="http[^"]*(\/join\/[^"]+)"/.exec(shown)?.[1] ?? '';
  for (const name of EIGHT.slice(1)) await (await as(name)).post(invitation, { as: name });

  const papers = async () => {
    const [newest] = await store.shown.listNewest(1);
    return store.papers.listOfEdition(newest?.id ?? 0);
  };
  const paperAt = async (place: number) => {
    const paper = (await papers())[place];
    if (!paper) throw new Error(`the edition has no paper ${place}`);
    return paper;
  };
  const digestsTo = (name: Name) =>
    live
      .mailTo(addressOf(name))
      .filter(({ email }) => !/Sign in|private/i.test(String(email.subject)));
  const subscription = async (name: Name) => {
    const found = await store.subscribers.findByAddress(addressOf(name));
    if (!found) throw new Error(`${name} is gone`);
    return found;
  };
  return {
    here,
    as,
    page: async (name, path = here) => (await (await as(name)).get(path)).body,
    async mark(name, place, line = '') {
      const { id } = await paperAt(place);
      const circle = here.split('/').at(-1) ?? '';
      await (await as(name)).post(`/circles/for/${id}`, { circle, line });
      return id;
    },
    act: async (name, fields) => (await as(name)).post(here, fields),
    async placeOf(name, title) {
      const body = (await (await as(name)).get(here)).body;
      const [, after = ''] = body.split(title);
      return /name="of" value="(\d+)"/.exec(after)?.[1] ?? '';
    },
    titleOf: async (place) => (await paperAt(place)).title,
    morning: cut,
    letter: (name) => (digestsTo(name).at(-1)?.email.text ?? '').replace(/\s+/g, ' '),
    html: (name) => String(digestsTo(name).at(-1)?.email.html ?? ''),
    letters: (name) => digestsTo(name).length,
    subscription,
    async leaveTheSite(name) {
      await unsubscribe(live.outside, (await subscription(name)).id, 'page');
    },
  };
}
