import { consentText } from '../../core/reader/sign-up.ts';
import { type Site, taglineOf } from '../site.ts';

/** An address field with its button, as HTML for the pages that are the same for all. */
export function renderSubscribe(site: Site): string {
  const { name } = site.outside.config.site;
  return site.renderPart('subscribe', {
    heading: taglineOf(site),
    consentText: consentText(name, site.words),
  });
}
