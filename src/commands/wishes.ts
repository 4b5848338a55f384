import { z } from 'zod';
import { fields, findField } from '../core/reader/fields.ts';
import { MOST_PAPERS, type Wishes } from '../core/reader/subscription.ts';
import { canonicalZone, isZone } from '../core/reader/zones.ts';
import { allLanguages, type Language } from '../core/words/languages.ts';

const languageTags = allLanguages as [Language, ...Language[]];
const papersRange = `must be from 1 to ${MOST_PAPERS}`;
const texts = z
  .array(z.string())
  .transform((all) => [...new Set(all.map((text) => text.trim()).filter(Boolean))]);

/** What can be said of somebody's wishes, each of it or none. */
export const someWishes = z
  .object({
    fields: z
      .array(
        z.string().refine(findField, `must be one of ${fields.map(({ id }) => id).join(', ')}`),
      )
      .describe('Ready-made fields by their ids.'),
    topics: texts,
    exclude: texts.describe('Words that no paper of theirs may have.'),
    authors: texts,
    crossLists: z.boolean().describe('Also papers that a field has only as its second.'),
    surprise: z.boolean().describe('One paper outside of their usual.'),
    quietNote: z.boolean().describe('A note on a day without papers.'),
    itemsOnly: z.boolean().describe('Only what alerts and the like name to them: no editions.'),
    language: z
      .enum(languageTags)
      .nullable()
      .describe('Of their mails and pages; null for the site’s.'),
    days: z.array(z.literal([1, 2, 3, 4, 5, 6, 7], 'must be weekdays from 1 (Monday) to 7')).min(1),
    hour: z
      .string()
      .regex(/^([01]\d|2[0-3]):(00|15|30|45)$/, 'must be a quarter of an hour such as 07:15'),
    zone: z
      .string()
      .refine(isZone, 'must be an IANA time zone such as Europe/Berlin')
      .transform(canonicalZone),
    papers: z.number().int().min(1, papersRange).max(MOST_PAPERS, papersRange),
  })
  .partial();

/** Wishes with what is said of them, and all else as it was. */
export function mergeWishes(base: Wishes, said: z.infer<typeof someWishes>): Wishes {
  const { profile, schedule, papersPerDigest } = base;
  const language = said.language === undefined ? profile.language : said.language;
  const itemsOnly = said.itemsOnly ?? profile.itemsOnly;
  const minuteOfDay = said.hour
    ? Number(said.hour.slice(0, 2)) * 60 + Number(said.hour.slice(3))
    : schedule.minuteOfDay;
  return {
    profile: {
      fields: said.fields ?? profile.fields,
      topics: said.topics ?? profile.topics,
      exclude: said.exclude ?? profile.exclude,
      authors: said.authors ?? profile.authors,
      crossLists: said.crossLists ?? profile.crossLists,
      surprise: said.surprise ?? profile.surprise,
      quietNote: said.quietNote ?? profile.quietNote,
      ...(itemsOnly ? { itemsOnly } : {}),
      ...(language ? { language } : {}),
    },
    papersPerDigest: said.papers ?? papersPerDigest,
    schedule: { days: said.days ?? schedule.days, minuteOfDay, zone: said.zone ?? schedule.zone },
  };
}
