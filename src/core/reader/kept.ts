/** So many papers a reader may keep: years of reading. */
export const MOST_KEPT = 20_000;

/** What came of a press on "Keep". */
export type Keeping = 'kept' | 'known' | 'full' | 'gone';
