import type { Spread } from '../core/letter/scope.ts';

/** Whose a variable is: the same for all of an edition, of one paper, or of one subscriber. */
export type Owner = 'edition' | 'paper' | 'subscriber';

/**
 * A variable by its path, `[]` for each of a list: whose it is, what it says, and whether readers
 * have few different ones, so that what is made of it is worth keeping.
 */
export type Variables = Readonly<Record<string, readonly [Owner, string, 'few'?]>>;

const sender: Variables = {
  'sender.privacy': ['edition', 'the page of PRIVACY_FILE; may be absent'],
  'sender.siteName': ['edition', 'SITE_NAME'],
  'sender.imprint': ['edition', 'the page of IMPRINT_FILE; may be absent'],
  'sender.postalAddress': ['edition', 'POSTAL_ADDRESS; may be empty'],
  'sender.contact': ['edition', 'CONTACT_EMAIL; may be empty'],
};

/** Of a paper. */
const PAGE = [
  'paper',
  "the end of its page's address, which follows `links.home`; may be absent",
] as const;

const paper = (path: string): Variables => ({
  [`${path}.title`]: ['paper', 'the title'],
  [`${path}.authors`]: ['paper', '`Ada Lovelace and 3 more`; may be absent'],
  [`${path}.link`]: ['paper', 'its address; may be absent'],
  [`${path}.summary`]: ['paper', 'one or two sentences; may be absent'],
  [`${path}.reason`]: ['subscriber', 'why it is here; absent in the web view', 'few'],
});

/** Papers that stand there for everybody alike. */
function withoutReason(variables: Variables): Variables {
  return Object.fromEntries(
    Object.entries(variables).filter(([path]) => !path.endsWith('.reason')),
  );
}

/** What `mail/digest.mjml` and `mail/digest.txt.hbs` may use. */
export const digestVariables: Variables = {
  subject: ['subscriber', 'the subject'],
  preheader: ['subscriber', 'the line that inboxes show beside the subject'],
  isWeb: ['edition', 'true for "view in browser"'],
  ...sender,
  'links.home': ['subscriber', 'the front page; for members only, by a link of their own'],
  'links.edition': ['subscriber', 'the web edition of the newest that they get'],
  'links.subscribe': ['edition', 'where others subscribe; absent where that is `links.home`'],
  'links.view': ['subscriber', 'this digest in a browser; may be absent'],
  'links.preferences': ['subscriber', 'their preferences; may be absent'],
  'links.unsubscribe': ['subscriber', 'leaving; may be absent'],
  'links.vote': [
    'subscriber',
    'where votes begin: `/` and the id of a paper follow; may be absent',
  ],
  'links.keep': [
    'subscriber',
    'where keeping begins: `/` and the id of a paper follow; may be absent',
  ],
  'links.circle': [
    'subscriber',
    'where papers are marked for a circle: `/` and the id of a paper follow; absent for who is in none',
  ],
  'digest.editionName': ['subscriber', '`2025-05-07`: the newest edition that they get', 'few'],
  'digest.editionDate': [
    'subscriber',
    '`Wednesday, 7 May 2025`: the date of the newest edition that they get',
    'few',
  ],
  'digest.paperCount': [
    'subscriber',
    'papers of the editions that they get; 0 where only `digest.items` stand in it',
    'few',
  ],
  'digest.day': [
    'subscriber',
    '`Today: retrieval, GNNs; 12 of 84 papers chosen; 3 minutes.`: what kind of day it is',
  ],
  'digest.isSample': ['subscriber', 'true where one of these is the bundled sample', 'few'],
  'digest.note': [
    'subscriber',
    'what was cut off, or what this copy corrects; may be absent',
    'few',
  ],
  'digest.isCorrection': ['subscriber', 'true for a correction; may be absent', 'few'],
  'digest.isTest': ['subscriber', 'true for what only an operator gets; may be absent', 'few'],
  'digest.items[].label': ['subscriber', '`From your alerts`: how these came to them', 'few'],
  'digest.items[].kind': ['subscriber', '`alert`, `citation` or `note`', 'few'],
  'digest.items[].moreCount': ['subscriber', 'how many more stand on their page'],
  'digest.items[].papers[].title': ['subscriber', 'the title'],
  'digest.items[].papers[].authors': [
    'subscriber',
    '`Ada Lovelace and 3 more · Nature`; may be absent',
  ],
  'digest.items[].papers[].link': ['subscriber', 'its address; may be absent'],
  'digest.items[].papers[].summary': ['subscriber', 'one or two sentences; may be absent'],
  'digest.items[].papers[].reason': [
    'subscriber',
    '`From your Google Scholar alert “reward models”.`; may be absent',
  ],
  'digest.items[].papers[].id': [
    'subscriber',
    'the end of its links to vote and to keep it; absent where no edition has it',
  ],
  'digest.items[].papers[].page': [
    'subscriber',
    "the end of its page's address, which follows `links.home`; may be absent",
  ],
  ...paper('digest.chosen[]'),
  'digest.chosen[].id': ['paper', 'the end of its links to vote and to keep it'],
  'digest.chosen[].isOutside': [
    'subscriber',
    'true for what is outside their usual; may be absent',
  ],
  'digest.chosen[].isPicked': ['paper', 'true for what the editors picked; may be absent'],
  'digest.chosen[].page': PAGE,
  'digest.picked[].page': PAGE,
  'digest.picked[].id': ['paper', 'the end of its links to vote and to keep it'],
  'digest.picked[].isPicked': ['paper', 'true'],
  ...withoutReason(paper('digest.picked[]')),
  ...paper('digest.rising[]'),
  'digest.amended[].title': ['paper', 'the title of a paper that they got before'],
  'digest.amended[].said': ['paper', '`Retracted`, `Publisher Correction` or the like'],
  'digest.amended[].link': ['paper', 'where that is said; may be absent'],
  'digest.kept.papers[].title': [
    'paper',
    'a paper that they kept last week; `digest.kept` may be absent',
  ],
  'digest.kept.papers[].link': ['paper', 'its address; may be absent'],
  'digest.kept.moreCount': ['subscriber', 'how many more they kept', 'few'],
  'digest.groups[].label': ['edition', 'what a group is about'],
  'digest.groups[].overview': ['edition', 'one sentence on it; absent where they get papers of it'],
  'digest.groups[].papers[].title': ['paper', 'the title'],
  'digest.groups[].papers[].link': ['paper', 'its address; may be absent'],
  'digest.groups[].moreCount': ['subscriber', 'papers of the group that are not listed', 'few'],
  'digest.groups[].path': [
    'edition',
    'the end of its address, which follows `links.home`; may be absent',
  ],
  'digest.moreCount': ['subscriber', 'papers that are only on the web', 'few'],
  'digest.extent': ['subscriber', '`84 papers today, 9 for you`; may be absent', 'few'],
};

/** What `mail/notice.mjml` and `mail/notice.txt.hbs` may use: confirmations and the like. */
export const noticeVariables: Variables = {
  subject: ['subscriber', 'the subject'],
  'paragraphs[]': ['subscriber', 'a paragraph'],
  'button.label': ['subscriber', 'what the button says; `button` may be absent'],
  'button.url': ['subscriber', 'where it leads'],
  'more.label': ['subscriber', 'what there is to read on the site; `more` may be absent'],
  'more.url': ['subscriber', 'where it is'],
  ...sender,
  'links.home': ['edition', 'the front page'],
  'links.preferences': ['subscriber', 'their preferences; may be absent'],
  'links.unsubscribe': ['subscriber', 'leaving; may be absent'],
};

/** What `mail/announcement.mjml` and `mail/announcement.txt.hbs` may use. */
export const announcementVariables: Variables = {
  subject: ['edition', 'the subject'],
  'body.html': ['edition', 'its words as HTML, made of Markdown: written as `{{{body.html}}}`'],
  'body.text': ['edition', 'its words as text'],
  isService: ['edition', 'true where it is about the service itself'],
  ...sender,
  'links.home': ['edition', 'the front page'],
  'links.preferences': ['subscriber', 'their preferences; may be absent'],
  'links.unsubscribe': ['subscriber', 'ending announcements alone; may be absent'],
};

/** How many different values a variable has; of what the table does not know only lengths are few. */
export function spreadIn(variables: Variables): (path: string) => Spread {
  return (path) => {
    const [owner, , few] = variables[path] ?? [];
    if (owner === undefined) return path.endsWith('.length') ? 'few' : 'own';
    return owner === 'subscriber' ? (few ?? 'own') : 'shared';
  };
}

/** The variables as a table in Markdown, in the order of the alphabet: what docs/templates.md holds. */
export function buildVariableTable(variables: Variables): string {
  const rows = Object.entries(variables)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, [of, says]]) => `| \`${path}\` | ${of} | ${says} |`);
  return ['| variable | of | what it is |', '|---|---|---|', ...rows].join('\n');
}
