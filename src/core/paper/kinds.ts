/**
 * What a text can be. `matter` is no text at all but part of an issue: cover, contents, board. A
 * correction and a retraction are about another paper; an editorial holds an opinion, news report.
 */
export const PAPER_KINDS = [
  'paper',
  'review',
  'correction',
  'retraction',
  'editorial',
  'news',
  'matter',
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];
/** What tells of another paper that it is changed or gone. */
export type AmendmentKind = 'correction' | 'retraction';

type Row = readonly [kind: PaperKind, pattern: RegExp];

/**
 * Titles that can be nothing else, in the languages met. Seen in feeds of Springer Nature, Wiley,
 * Elsevier, Cambridge, AGU, PNAS, The Lancet, OJS (Sweden, Italy, Brazil), CNKI. `Correction of
 * spherical aberration` and `Cover crops` are papers.
 */
export const DECIDING_TITLES: readonly Row[] = [
  [
    'retraction',
    /^\W*(?:retracted(?: article| paper)?\s*[:\])]|withdrawn\s*[:\])]|removed\s*:|(?:statement|notice) of (?:retraction|withdrawal|removal)\b|(?:retraction|withdrawal|removal) (?:note|notice)\b|retractions?\s*(?:$|[:–—-]|to:|(?:of|for)\s*[:"“‘'«])|zurückgezogen\s*:|rétractation\s*:|retractación\s*:|retratação\s*:|ritrattazione\s*:|撤稿|撤回)/iu,
  ],
  [
    'correction',
    /^\W*(?:(?:(?:author|publisher|editor)['’]?s?['’]? )?corrections?\s*(?:$|[:–—]|- |to\s*:|to\s+["“‘'«]|to lancet|for\s*[:"“‘'«]|for .{2,60} et al)|corrigend(?:um|a)\b|errat(?:um|a)\b|addend(?:um|a)\s*(?:$|[:–—-]|to\b)|amendments?\s*:|department of error|errors? in (?:the )?(?:(?:\w+,? ){0,4})?(?:byline|results|tables?|figures?|text|abstract|methods|discussion|title|affiliations?|data|supplement|dosage|references?|sections?)\W*$|(?:editorial )?expression of concern\b|berichtigung(?:en)?\s*(?:$|:|zu)|korrektur zu|korrigendum|rectificatif|rectification\s*:|corrección(?:es)?\s*(?:$|:|a\b)|correção\s*(?:$|:)|fe de erratas|errata corrige|rättelse|更正|勘误|訂正|исправление\s*(?:$|:|к\b)|опечатк)/iu,
  ],
  [
    'matter',
    /^\W*(?:issue (?:publication )?information|(?:international )?editorial (?:advisory )?board(?: and \w+)?|front ?matter|back ?matter|title page|masthead|imprint|impressum|(?:author|subject|volume|keyword|annual) index|index (?:to|of) (?:volume|authors)|(?:table of )?contents|inhalt(?:sverzeichnis)?|sommaire|table des matières|sumário|índice|sommario|innehåll|目次|目录|содержание|in(?:side)? this issue|frontispiece|advertisements?|subscription (?:information|page)|(?:instructions|guide|information|notes?|guidelines) (?:for|to) (?:authors|contributors)|call for papers|(?:list|acknowledge?ment|thanks?)(?: you)?(?: of| to)?(?: the| our)? (?:reviewers|referees)|(?:reviewers?|referees?) (?:list|acknowledge?ments?)|(?:.{2,60}[—–:-]\s?)?about this (?:journal|issue)|ieee .{2,100} information(?: for authors)?|blank page.{0,20}|copyright(?: page)?|announcements?|editorial policy|colophon)\W*$/iu,
  ],
  [
    'matter',
    /(?:^\W*(?:(?:inside|outside) )?(?:front|back|inner|outer)?\s*cover(?:s| image| picture| feature| profile| art)?\s*(?:$|:|\()|\b(?:front|back) matter\W*$|^(?:contents|inhalt|innehåll|sommaire|índice|table of contents)\b.{0,90}\b(?:vol|volume|band|issue|heft|nr|no|n°)\b\.?\s*\d|^issue information\b|^editorial board\b.{0,20}$)/iu,
  ],
];

/** Titles that say what a text is where nothing surer does. */
export const TITLES: readonly Row[] = [
  [
    'editorial',
    /^\W*(?:(?:guest )?editorial(?:e|a|es)?\s*(?:$|[:.–—-])|éditorial\b|(?:a )?(?:note|letter|word|message) from the (?:guest )?editors?|from the (?:guest )?editors?\b|editors?['’]s?['’]? (?:note|choice|introduction|comment|picks?)|foreword\b|preface\s*(?:$|:|to\b)|vorwort\b|avant-propos|prólogo\b|introduction to the special (?:issue|section)|letters? to the editor|читателям|社论)/iu,
  ],
  [
    'news',
    /^\W*(?:news(?:\s*(?:$|[:&–—-])| and views| in brief| round-?up)|research highlights?\b|in memoriam\b|obituary\b|nachruf\b|nécrologie|podcast\b|book reviews?\b|buchbesprechung|career (?:column|feature)|world view\s*:|daily briefing|this week in\b|meeting report\s*(?:$|:))/iu,
  ],
  [
    'review',
    /(?:\b(?:an?|the) (?:(?:systematic|scoping|narrative|literature|critical|integrative|umbrella|comprehensive|brief|mini|rapid|realist|selective|short|state-of-the-art)[- ])*(?:literature |evidence )?(?:review|survey)(?: and meta-analysis)?\W*$|:\s*(?:(?:systematic|scoping|narrative|literature|critical|umbrella)[- ])+review(?: and meta-analysis)?\b|^(?:systematic|scoping|narrative) review\b)/iu,
  ],
];

/** Addresses that say it: Nature numbers its news and comment apart, Science has a path for them. */
export const LINKS: readonly Row[] = [
  ['news', /^https?:\/\/(?:www\.)?nature\.com\/articles\/d4\d{4}-/i],
  ['news', /^https?:\/\/(?:www\.)?science\.org\/content\//i],
  ['news', /^https?:\/\/doi\.org\/10\.1038\/d4\d{4}-/i],
];

const names = (kind: PaperKind, ...list: string[]) => list.map((name) => [name, kind] as const);

/** What elements call it, in small letters without the plural's end; `paper` where that is said. */
export const SECTIONS: ReadonlyMap<string, PaperKind> = new Map([
  ...names(
    'paper',
    'research article',
    'original article',
    'original research',
    'full paper',
    'original paper',
  ),
  ...names(
    'paper',
    'research paper',
    'journal article',
    'short communication',
    'brief communication',
    'rapid communication',
  ),
  ...names(
    'review',
    'review',
    'review article',
    'mini review',
    'minireview',
    'systematic review',
    'literature review',
  ),
  ...names(
    'review',
    'state of the art review',
    'meta analysi',
    'scoping review',
    'seminar',
    'topical review',
  ),
  ...names(
    'correction',
    'correction',
    'erratum',
    'errata',
    'corrigendum',
    'corrigenda',
    'author correction',
  ),
  ...names(
    'correction',
    'publisher correction',
    'addendum',
    'expression of concern',
    'published erratum',
    'amendment',
  ),
  ...names(
    'correction',
    'department of error',
    'correction notice',
    'erratum corrigendum',
    'correction erratum',
  ),
  ...names(
    'retraction',
    'retraction',
    'retraction note',
    'retraction notice',
    'withdrawal',
    'withdrawn',
    'retracted article',
  ),
  ...names(
    'editorial',
    'editorial',
    'guest editorial',
    'from the editor',
    'foreword',
    'preface',
    'editor note',
    'comment',
  ),
  ...names(
    'editorial',
    'commentary',
    'commentarie',
    'correspondence',
    'letter to the editor',
    'opinion',
    'world view',
    'reply',
  ),
  ...names(
    'news',
    'new',
    'news',
    'news and view',
    'news and views',
    'news feature',
    'news in focu',
    'world report',
    'research highlight',
  ),
  ...names(
    'news',
    'news and comment',
    'in brief',
    'book review',
    'books and art',
    'obituary',
    'obituarie',
    'career',
    'where i work',
    'podcast',
  ),
  ...names(
    'news',
    'interview',
    'q and a',
    'nature briefing',
    'career feature',
    'career column',
    'meeting report',
    'announcement',
    'this week',
  ),
  ...names(
    'matter',
    'issue information',
    'front matter',
    'back matter',
    'frontmatter',
    'backmatter',
    'cover',
    'cover image',
  ),
  ...names(
    'matter',
    'cover picture',
    'cover feature',
    'front cover',
    'back cover',
    'inside cover',
    'masthead',
    'table of content',
  ),
  ...names(
    'matter',
    'content',
    'editorial board',
    'advertisement',
    'front and back matter',
    'index',
    'title page',
    'frontispiece',
  ),
]);
