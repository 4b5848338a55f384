import { momentOf } from '../text/words.ts';
import type { OffBecause } from './retry.ts';

/** A webhook that was switched off by no hand. */
export interface StoppedWebhook {
  readonly name: string;
  readonly because: OffBecause | 'restored';
  readonly at: Date;
}

const reasons: Readonly<Record<StoppedWebhook['because'], string>> = {
  gone: 'its receiver says that it is gone (HTTP 410)',
  failing: 'its receiver took nothing for three days',
  restored: 'a restore went back in time, and what was told since is not known',
};

/** Why a webhook is off, as half a sentence. */
export function tellStopped({ because, at }: StoppedWebhook): string {
  return `it is off since ${momentOf(at)}: ${reasons[because]}`;
}
