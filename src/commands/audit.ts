import type { Outside } from '../steps/steps.ts';

/** Writes down what a command changed, where no step does. */
export async function recordChange(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  change: {
    readonly actor: string;
    readonly action: string;
    readonly subject: string;
    readonly detail?: Record<string, unknown>;
  },
): Promise<void> {
  await store.records.recordAudit({ at: now(), detail: {}, ...change });
}
