import { z } from 'zod';
import { LARGEST_LIBRARY_FILE } from '../core/library/library.ts';
import { readZoteroWish, tellReading, zoteroProblems } from '../core/library/zotero.ts';
import { countOf } from '../core/text/words.ts';
import { english } from '../core/words/words.ts';
import { followLibrary, MOST_FOLLOWED, unfollowLibrary } from '../steps/readers/follow.ts';
import { addLibrary } from '../steps/readers/library.ts';
import type { Outside } from '../steps/steps.ts';
import { CommandError, defineCommand } from './command.ts';
import { readBounded } from './files.ts';
import { count, shape, time } from './shapes/shape.ts';
import { findReader } from './subscriber.ts';

const reader = z.object({
  address: z.string().describe('The address, or the number of the subscription.'),
});
const library = z
  .string()
  .describe('At Zotero: users/ and a user ID, groups/ and a number, or the address of its page.');

const followed = shape(
  'FollowedLibrary',
  z.object({
    library: z.string(),
    papers: count.describe('How many of the reader’s papers came from it.'),
    leftOut: count.describe('How many of its papers found no room.'),
    addedAt: time,
    readAt: time.nullable(),
    nextAt: time.nullable().describe('Null where it is not tried again until the reader asks.'),
    problem: z.enum(zoteroProblems).nullable(),
  }),
);

/** What a reader says they have, and what is read for them. */
export const libraryShow = defineCommand({
  right: 'operate',
  args: reader,
  answers: z.object({ papers: count, followed: z.array(followed) }),
  async run({ store }, { address }) {
    const { subscriberId } = await findReader({ store }, address);
    const papers = (await store.libraries.listKeys(subscriberId)).size;
    const counts = new Map(
      (await store.libraries.countFollowed(subscriberId)).map((each) => [each.id, each.count]),
    );
    const all = await store.followed.list(subscriberId);
    const told = all.map(
      (each) => `${each.place}: ${tellReading(each, counts.get(each.id) ?? 0, english)}`,
    );
    return {
      lines: [`${countOf(papers, 'paper')} in the library of ${address}.`, ...told],
      data: {
        papers,
        followed: all.map(({ id, place, ...each }) => ({
          ...each,
          library: place,
          papers: counts.get(id) ?? 0,
        })),
      },
    };
  },
});

/** Papers that a reader has, from a file of a reference manager or a list. */
export const libraryAdd = defineCommand({
  right: 'operate',
  args: reader.extend({ file: z.string().optional(), text: z.string().optional() }),
  answers: z.object({
    format: z.string().describe('What it was read as, such as RIS.'),
    refusal: z.string().optional().describe('Why it was not read, where it is another thing.'),
    added: count,
    leftOut: count.describe('How many found no room.'),
    understood: count,
    faults: z.array(z.object({ line: count, text: z.string(), problem: z.string() })),
    faultCount: count.describe('The first hundred are listed.'),
  }),
  async run(outside, { address, file, text }, { actor }) {
    const { subscriberId } = await findReader(outside, address);
    const given =
      file === undefined ? Buffer.from(text ?? '') : await readBounded(file, LARGEST_LIBRARY_FILE);
    const came = await addLibrary(outside, subscriberId, { given, actor });
    if (!came) throw new CommandError('more than 5 MB is not read at once; export fewer papers');
    const { format, refusal, entries, faults, faultCount, added, leftOut } = came;
    const lines = refusal
      ? [refusal]
      : [
          `Read as ${format}: ${countOf(entries.length, 'paper')} understood, ${added} added.`,
          ...(leftOut > 0 ? [`${leftOut} found no room: a library holds 2,000.`] : []),
          ...faults.map((each) => `  line ${each.line}: ${each.problem} ${each.text}`.trimEnd()),
          ...(faultCount > faults.length ? [`  and ${faultCount - faults.length} more`] : []),
        ];
    const understood = entries.length;
    const data = { format, added, leftOut, understood, faults, faultCount };
    const exitCode = understood === 0 ? 1 : 0;
    return { lines, data: { ...data, ...(refusal !== undefined && { refusal }) }, exitCode };
  },
});

/** Follows a library at Zotero for a reader. */
export const libraryFollow = defineCommand({
  right: 'operate',
  args: reader.extend({
    library,
    key: z.string().default('').describe('Of Zotero, for a library that is not public.'),
  }),
  answers: z.object({ library: z.string() }),
  async run(outside, { address, library: typed, key: typedKey }, { actor }) {
    const { subscriberId, state } = await findReader(outside, address);
    if (state !== 'active') throw new CommandError(`${address} is not subscribed`, 'conflict');
    const wish = readZoteroWish(typed, typedKey);
    if ('fault' in wish) throw new CommandError(wish.fault);
    if (!(await followLibrary(outside, { subscriberId, ...wish, actor }))) {
      throw new CommandError(`${MOST_FOLLOWED} libraries are the most of one reader`, 'conflict');
    }
    const line = `${wish.place} is followed: it is read now, and once a day.`;
    return { lines: [line], data: { library: wish.place } };
  },
});

/** Follows a library no more. */
export const libraryUnfollow = defineCommand({
  right: 'operate',
  args: reader.extend({
    library,
    empty: z.boolean().default(false).describe('Its papers go, too.'),
  }),
  answers: z.object({ library: z.string() }),
  async run(outside, { address, library: typed, empty: isEmptied }, { actor }) {
    const { subscriberId } = await findReader(outside, address);
    const found = await findFollowed(outside, subscriberId, typed);
    await unfollowLibrary(outside, found, { isEmptied, actor });
    const papers = isEmptied ? 'its papers are gone, too' : 'its papers stay';
    return {
      lines: [`${found.place} is followed no more; ${papers}.`],
      data: { library: found.place },
    };
  },
});

async function findFollowed(
  { store }: Pick<Outside, 'store'>,
  subscriberId: number,
  typed: string,
) {
  const wish = readZoteroWish(typed, '');
  if ('fault' in wish) throw new CommandError(wish.fault);
  const all = await store.followed.list(subscriberId);
  const found = all.find(({ place }) => place === wish.place);
  if (!found) throw new CommandError(`${wish.place} is not followed`, 'missing');
  return found;
}
