import type { DigestView } from '../letter/digest-view.ts';
import type { Words } from '../words/words.ts';

/** One paper as a post shows it: texts as they came, which each form escapes for its service. */
export interface PostPaper {
  readonly title: string;
  readonly authors?: string | undefined;
  /** http(s) address; absent where unknown. */
  readonly link?: string | undefined;
  readonly summary?: string | undefined;
}

/** What a channel is told of an edition, before a service's form is put on it. */
export interface EditionPost {
  /** `Paperround: Monday, 30 November 2026` */
  readonly title: string;
  /** What kind of day it is, and what this post merges or leaves out. */
  readonly lead: string;
  /** The best first. */
  readonly papers: readonly PostPaper[];
  /** The edition's page. */
  readonly page: string;
  /** The label of the link to it: how many more papers stand there. */
  readonly sayMore: (count: number) => string;
  /** Papers of the edition, those of this post included. */
  readonly paperCount: number;
  /** For programs. */
  readonly edition: { readonly name: string; readonly date: string };
}

/** A post of some of its papers, and the label of the link below them. */
export interface CutPost extends Omit<EditionPost, 'sayMore'> {
  readonly more: string;
  /** How many papers of the edition stand on its page alone. */
  readonly moreCount: number;
}

/** No service shows so much of one text well; none is cut within its limits. */
const LONGEST = { title: 300, authors: 200, summary: 600, lead: 600 } as const;
/** Longer addresses than browsers take are no links. */
const LONGEST_LINK = 2_000;

/** Puts the view of a digest that is for everybody into a post. */
export function buildEditionPost(
  view: DigestView,
  { site, page, words }: { readonly site: string; readonly page: string; readonly words: Words },
): EditionPost {
  const { editionDate, editionName, picked = [], chosen, note, day } = view;
  const papers = [...picked, ...chosen].map(({ title, authors, link, summary }) => ({
    title: shorten(title, LONGEST.title),
    ...(authors ? { authors: shorten(authors, LONGEST.authors) } : {}),
    ...(link && link.length <= LONGEST_LINK ? { link } : {}),
    ...(summary ? { summary: shorten(summary, LONGEST.summary) } : {}),
  }));
  return {
    title: shorten(`${site}: ${editionDate}`, LONGEST.title),
    lead: shorten([day, note].filter(Boolean).join(' '), LONGEST.lead),
    papers,
    page,
    paperCount: Math.max(view.paperCount, papers.length),
    sayMore: (count) => words.say(count > 0 ? 'channel.more' : 'channel.page', { count }),
    edition: { name: editionName, date: editionDate },
  };
}

/** The first papers of a post, and a link that says how many more there are. */
export function cutPost({ sayMore, ...post }: EditionPost, count: number): CutPost {
  const moreCount = post.paperCount - Math.min(count, post.papers.length);
  return { ...post, papers: post.papers.slice(0, count), more: sayMore(moreCount), moreCount };
}

/**
 * The longest form of a post whose size is within a limit: cut by whole papers, never inside a mark
 * or a character. Where not even one paper fits, the title and the link alone.
 */
export function fitPost<Form>(
  post: EditionPost,
  build: (cut: CutPost) => Form,
  fits: (form: Form) => boolean,
): Form {
  // The size grows with each paper.
  let [low, high] = [0, post.papers.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(build(cutPost(post, middle)))) low = middle;
    else high = middle - 1;
  }
  return build(cutPost(post, low));
}

/** Cuts a text at a word where it is longer than so many characters; control characters are spaces. */
export function shorten(text: string, most: number): string {
  const line = text.replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ').trim();
  const characters = [...line];
  if (characters.length <= most) return line;
  const cut = characters.slice(0, most - 1).join('');
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > most / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`;
}
