import type { Line } from './lines.ts';

/** What a line looks like; all that is named must hold. */
export interface Sign {
  /** A mark of one of its stretches, such as `a.gse_alrt_title`. */
  readonly mark?: RegExp;
  /** Where one of its links leads, unwrapped or as it stands. */
  readonly href?: RegExp;
  readonly text?: RegExp;
  /** The least and most pixels of its letters. */
  readonly size?: readonly [least: number, most: number];
  /** It is a link as a whole. */
  readonly isLink?: true;
}

/** How a kind of alert sets its papers. */
export interface Layout {
  /** Begins a paper; the title is the line, or its link. */
  readonly title: Sign;
  /** Who wrote it; the line behind the title where it is left out. */
  readonly authors?: Sign;
  /** What its part of the mail is called. */
  readonly section?: Sign;
  /** What is said of it stands behind who wrote it. */
  readonly says?: true;
  /** What has no id is taken for no paper. */
  readonly needsId?: true;
  /** Ends the last paper: feet, advertisements. */
  readonly end?: Sign;
  /** Names of the line of authors, where venue and year stand behind them. */
  readonly byline?: 'scholar';
  readonly seen: string;
}

/** Whether a line has a sign. */
export function hasSign(line: Line, sign: Sign): boolean {
  const { mark, href, text, size, isLink } = sign;
  return (
    (text === undefined || text.test(line.text)) &&
    line.stretches.some(
      (stretch) =>
        (mark === undefined || stretch.marks.some((each) => mark.test(each))) &&
        (href === undefined || href.test(stretch.href ?? '')) &&
        (isLink === undefined || stretch.href !== undefined) &&
        (size === undefined ||
          (stretch.size !== undefined && stretch.size >= size[0] && stretch.size <= size[1])),
    )
  );
}

const SCHOLAR: Layout = {
  // Classes vanish in what Outlook forwards; the link stays.
  title: { href: /scholar_url(?:\?|%3F)(?!.*cleardot)/i, text: /\p{L}/u },
  byline: 'scholar',
  says: true,
  end: { href: /scholar_alerts|view_op=list_alerts/ },
  seen: 'mails of 2019, 2023 and 2026',
};

export const LAYOUTS = {
  scholar: SCHOLAR,
  pubmed: {
    title: {
      href: /(?:ncbi\.nlm\.nih\.gov\/pubmed\/|pubmed\.ncbi\.nlm\.nih\.gov\/)\d+/,
      text: /^(?!Similar articles|PMID)/,
    },
    end: { text: /^(?:You have received this|To unsubscribe|Unsubscribe|This message contains)/i },
    seen: 'My NCBI, 2017 and 2025',
  },
  cell: {
    title: { href: /cell\.com|sciencedirect\.com|pii/i, isLink: true, text: /\S+(?:\s+\S+){2}/ },
    section: { size: [18, 24] },
    end: { mark: /footer/ },
    seen: 'Cell Press, 2026',
  },
  sciencedirect: {
    title: { href: /pii/i, isLink: true, text: /\S+(?:\s+\S+){2}/ },
    end: { mark: /footer/ },
    seen: 'ScienceDirect, 2026, as described in words',
  },
  natureWeekly: {
    title: { href: /links\.springernature\.com/, isLink: true, size: [18, 22] },
    section: { mark: /^h[23]$/ },
    authors: { size: [10, 14], text: /\p{Lu}/u },
    seen: 'Nature weekly, 2026',
  },
  natureContents: {
    title: { mark: /article-headline/, isLink: true },
    authors: { mark: /article-contributors/ },
    section: { mark: /^h[23]$/ },
    end: { mark: /footer/ },
    seen: 'Nature Medicine, 2026',
  },
  atypon: {
    title: { mark: /article-meta|issue-item__title/, isLink: true, text: /^(?!https?:)/ },
    authors: { mark: /\.loa|comma__list/ },
    section: { mark: /toc__heading|section__header/ },
    end: { text: /^(?:You are receiving|You received this|To unsubscribe)/i },
    seen: 'American Heart Association, Wiley, 2026',
  },
  unknown: {
    title: { isLink: true, text: /^\S+(?:\s+\S+){3}/ },
    end: { text: /unsubscribe|manage your|privacy policy/i },
    needsId: true,
    seen: 'mails of no kind that is known',
  },
} satisfies Record<string, Layout>;
