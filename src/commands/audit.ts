import type { Outside } from '../steps/steps.ts';
import { CLI } from './command.ts';

/** Writes down what a command changed, where no step does. */
export async function recordChange(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  action: string,
  subject: string,
): Promise<void> {
  await store.records.recordAudit({ at: now(), actor: CLI, action, subject, detail: {} });
}
