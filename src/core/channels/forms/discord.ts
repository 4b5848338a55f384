import { type CutPost, shorten } from '../edition-post.ts';
import { escapeDiscord } from '../escapes.ts';
import { buildPapers } from './markdown.ts';

const TITLE = 256;
/** Of one embed. */
export const DESCRIPTION = 4_096;

/** A message with one embed: it makes no previews, and `allowed_mentions` lets nothing ping. */
export function buildDiscord(post: CutPost): object {
  return {
    embeds: [
      { title: shorten(post.title, TITLE), url: post.page, description: describePost(post) },
    ],
    allowed_mentions: { parse: [] },
  };
}

/** The text of the embed. */
export function describePost(post: CutPost): string {
  const papers = buildPapers(post, { quote: escapeDiscord, heading: '' });
  return post.lead ? `${escapeDiscord(post.lead)}\n\n${papers}` : papers;
}

/** The address that answers with the message: without `wait` one that was not saved is a yes, too. */
export function discordUrl(given: string): string {
  const url = new URL(given);
  url.searchParams.set('wait', 'true');
  return url.href;
}
