import { consentText } from '../../core/reader/sign-up.ts';
import type { Site } from '../site.ts';

/** An address field with its button, as HTML for the pages that are the same for all. */
export function renderSubscribe(site: Site): string {
  const { name, tagline } = site.outside.config.site;
  return site.renderPart('subscribe', { heading: tagline, consentText: consentText(name) });
}
