import type { DeskPageViews } from '../../../core/desk/pages.ts';
import type { Samples } from '../../../core/letter/template.ts';

/** A sample of each of these pages. */
export type DeskSamples<Names extends keyof DeskPageViews> = {
  readonly [Name in Names]: Samples<DeskPageViews[Name]>;
};

// What several pages show.
export const formToken = 'token';
export const field = { name: 'what', value: 'all' };
export const feed = { id: 1, name: 'A feed', state: 'fresh', reason: 'so' };
export const choice = { value: 'a', label: 'A', isChosen: true };
export const count = {
  label: 'failed',
  count: 1,
  tone: 'failed',
  link: '/admin/deliveries',
  reply: 'no',
};
export const line = {
  id: 1,
  address: 'a',
  of: 'edition 2026-11-20',
  state: 'failed',
  tone: 'failed',
  when: 'now',
  reply: '550 no',
};
