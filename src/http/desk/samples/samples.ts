import type { DeskPageViews } from '../../../core/desk/pages.ts';
import { deliveriesSamples } from './deliveries.ts';
import { editionsSamples } from './editions.ts';
import { elsewhereSamples } from './elsewhere.ts';
import { feedsSamples } from './feeds.ts';
import { lettersSamples } from './letters.ts';
import type { DeskSamples } from './parts.ts';
import { settingsSamples } from './settings.ts';
import { signInSamples } from './sign-in.ts';
import { subscribersSamples } from './subscribers.ts';
import { todaySamples } from './today.ts';

export { importSamples } from './subscribers.ts';
export { progressSamples } from './today.ts';

/** Every page of the desk, to check its template with. */
export const deskSamples: DeskSamples<keyof DeskPageViews> = {
  ...signInSamples,
  ...todaySamples,
  ...editionsSamples,
  ...deliveriesSamples,
  ...feedsSamples,
  ...settingsSamples,
  ...lettersSamples,
  ...subscribersSamples,
  ...elsewhereSamples,
};
