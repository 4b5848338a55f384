import type { CutPost, PostPaper } from '../edition-post.ts';
import { escapeHtml } from '../escapes.ts';
import type { Place } from '../place.ts';
import type { Wire } from '../wire.ts';
import { buildPlain } from './plain.ts';

/** An event for a room of Matrix: a notice, which no other bot answers; `m.mentions` lets nothing ping. */
export function buildMatrix(post: CutPost): object {
  return {
    msgtype: 'm.notice',
    body: buildPlain(post),
    format: 'org.matrix.custom.html',
    formatted_body: buildHtml(post),
    'm.mentions': {},
  };
}

/** The same `key` names the same message: a server that had it answers as it did then. */
export function putMatrix({ url, key = '', room = '' }: Place, event: object, name: string): Wire {
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/${name}`;
  return {
    method: 'PUT',
    url: new URL(path, url).href,
    contentType: 'application/json',
    body: JSON.stringify(event),
    headers: { authorization: `Bearer ${key}` },
  };
}

function buildHtml({ title, lead, papers, more, page }: CutPost): string {
  return [
    `<h4>${escapeHtml(title)}</h4>`,
    ...(lead ? [`<p>${escapeHtml(lead)}</p>`] : []),
    ...papers.map((paper) => `<p>${sayPaper(paper)}</p>`),
    `<p>${linkTo(page, more)}</p>`,
  ].join('');
}

function sayPaper({ title, authors, link, summary }: PostPaper): string {
  const name = link ? linkTo(link, title) : escapeHtml(title);
  const lines = [authors, summary].flatMap((line) => (line ? escapeHtml(line) : []));
  return [`<strong>${name}</strong>`, ...lines].join('<br>');
}

function linkTo(url: string, label: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`;
}
