import { parsePaperList } from '../../core/paper/paper-list.ts';
import { parseAddress } from '../../core/reader/address.ts';
import { nextCut } from '../../core/reader/schedule.ts';
import { emptyProfile, type Profile, readerDefaults } from '../../core/reader/subscription.ts';
import type { Outside } from '../steps.ts';

/** The sample's date, and the name of its file and edition. */
export const SAMPLE_DATE = '2025-05-07';
const SETTING = 'sample';

/** Three readers with different interests; RFC 6761 keeps `.invalid` for such. */
const readers: readonly { name: string; profile: Profile }[] = [
  {
    name: 'reward',
    profile: { ...emptyProfile, topics: ['reward models', 'RLHF', 'preference'] },
  },
  {
    name: 'vision',
    profile: {
      ...emptyProfile,
      topics: ['vision-language', 'multimodal', 'visual reasoning'],
      exclude: ['poker'],
    },
  },
  {
    name: 'agents',
    profile: { ...emptyProfile, topics: ['tool use', 'agents', 'web navigation', 'code'] },
  },
];

/**
 * Loads the bundled sample once: its papers as an edition of their date, closed to new
 * papers at once, and three readers who are due now. Undefined where it was loaded (or removed) before.
 */
export async function loadSample(
  { store, config, now }: Pick<Outside, 'store' | 'config' | 'now'>,
  text: string,
): Promise<{ editionId: number; papers: number; readers: number } | undefined> {
  const papers = parsePaperList(text, new Date(`${SAMPLE_DATE}T00:00:00Z`));
  const at = now();
  return store.transaction(async (tx) => {
    if (await tx.records.findSetting(SETTING)) return undefined;
    await tx.records.recordSetting(SETTING, 'loaded');
    await tx.editions.lockDraft({ at, cutDueAt: nextCut(config.cut, at) });
    for (const { name, profile } of readers) {
      const schedule = {
        days: [...readerDefaults.days],
        minuteOfDay: readerDefaults.minuteOfDay,
        zone: 'Etc/UTC',
      };
      await tx.subscribers.activate(parseAddress(`${name}@readers.invalid`), {
        profile,
        papersPerDigest: readerDefaults.papersPerDigest,
        schedule,
        due: { date: at.toISOString().slice(0, 10), at },
        at,
        isSample: true,
      });
    }
    const edition = await tx.editions.insertCut({
      name: SAMPLE_DATE,
      date: SAMPLE_DATE,
      isSample: true,
      at,
    });
    await tx.papers.upsert(papers, { editionId: edition.id, isSample: true, at });
    return { editionId: edition.id, papers: papers.length, readers: readers.length };
  });
}

/** Removes the sample's edition, papers, readers and their deliveries; papers known otherwise stay, in the draft. */
export async function removeSample(
  { store, config, now }: Pick<Outside, 'store' | 'config' | 'now'>,
  actor = 'cli',
): Promise<{ papers: number; readers: number }> {
  const at = now();
  return store.transaction(async (tx) => {
    const draft = await tx.editions.lockDraft({ at, cutDueAt: nextCut(config.cut, at) });
    await tx.rounds.excludeSample();
    await tx.deliveries.removeSample(at);
    const readersGone = await tx.subscribers.removeSample();
    const papers = await tx.papers.removeSample(draft.id);
    await tx.editions.removeSample();
    await tx.records.recordSetting(SETTING, 'removed');
    await tx.records.recordAudit({
      at,
      actor,
      action: 'remove',
      subject: 'sample',
      detail: {},
    });
    return { papers, readers: readersGone };
  });
}
