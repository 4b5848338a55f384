import type { CutPost, PostPaper } from '../edition-post.ts';
import { escapeCard, escapeTarget } from '../escapes.ts';

/** A card for the flow "post to a channel when a webhook request is received" (each attachment). */
export function buildTeams(post: CutPost): object {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      block(escapeCard(post.title), { weight: 'Bolder', size: 'Medium' }),
      ...(post.lead ? [block(escapeCard(post.lead))] : []),
      ...post.papers.flatMap(sayPaper),
      block(`[${escapeCard(post.more)}](${escapeTarget(post.page)})`, { separator: true }),
    ],
  };
  return {
    type: 'message',
    attachments: [
      { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content },
    ],
  };
}

function sayPaper({ title, authors, link, summary }: PostPaper): object[] {
  const name = link ? `[${escapeCard(title)}](${escapeTarget(link)})` : escapeCard(title);
  const lines = [authors, summary].filter((line) => line !== undefined).map(escapeCard);
  return [
    block(name, { weight: 'Bolder', separator: true }),
    ...lines.map((line) => block(line, { spacing: 'Small' })),
  ];
}

/** Without `wrap` a text is cut after one line. */
function block(text: string, looks: object = {}): object {
  return { type: 'TextBlock', text, wrap: true, ...looks };
}

/** What a card weighs there: the flow wraps it and writes every other sign as `\uXXXX`. */
export function weighCard(body: string): number {
  let bytes = 0;
  for (let at = 0; at < body.length; at += 1) bytes += body.charCodeAt(at) < 128 ? 1 : 6;
  return bytes;
}
