import { KIND_WORDS } from './kind-words.ts';
import type { PaperKind } from './kinds.ts';

/** A kind, and what a title of it looks like. */
export type Row = readonly [kind: PaperKind, pattern: RegExp];

// No `\W`, which is any letter that is not of English, too.
const SIGNS = String.raw`[^\p{L}\p{N}]*`;
const anyOf = (alternatives: readonly string[]) => `(?:${alternatives.join('|')})`;
const begins = (...all: string[]) => new RegExp(`^${SIGNS}${anyOf(all)}`, 'iu');
const is = (...all: string[]) => new RegExp(`^${SIGNS}${anyOf(all)}${SIGNS}$`, 'iu');
const alone = (words: readonly string[]) =>
  new RegExp(String.raw`^${SIGNS}${anyOf(words)}(?:\s*[:：]|\s+[–—-]\s|\.\s|${SIGNS}$)`, 'iu');
const rowsOf = (...kinds: PaperKind[]): Row[] =>
  KIND_WORDS.flatMap(([kind, words]) =>
    kinds.includes(kind) ? [[kind, kind === 'matter' ? is(...words) : alone(words)]] : [],
  );
const holds = (...all: string[]) => new RegExp(anyOf(all), 'iu');

/**
 * Titles that can be nothing else, in the languages met. Seen in feeds of Springer Nature, Wiley,
 * Elsevier, Cambridge, AGU, PNAS, The Lancet, OJS (Sweden, Italy, Brazil), CNKI. `Correction of
 * spherical aberration` and `Cover crops` are papers.
 */
export const DECIDING_TITLES: readonly Row[] = [
  ...rowsOf('retraction', 'correction', 'matter'),
  // EDP Sciences and Dove set it behind the title.
  ['correction', /[([](?:corrigend(?:um|a)|errat(?:um|a)|addendum|correction)[)\]]\W*$/iu],
  ['retraction', /[([]retract(?:ion|ed)[)\]]\W*$/iu],
  // Crystallography and Optica set it behind a full stop or a colon.
  [
    'correction',
    /[.:–—-]\s(?:corrigend(?:um|a)|errat(?:um|a)|addendum|(?:publisher['’]s )?correction|publisher['’]s note)\W*$/iu,
  ],
  ['retraction', /[.:–—-]\sretraction(?: notice)?\W*$/iu],
  // Web of Science: `Moss on walls (Retraction of vol 12, pg 3, 2025)`; of a correction the place alone.
  ['retraction', /\(retract(?:ion of|ed article\.? see) vol\.? \d+,.{2,40}\)\W*$/iu],
  [
    'correction',
    /\((?:(?:correction|corrigendum|erratum) (?:of|to) )?vol\.? \d+, (?:pgs?|pp?|art)\.? ?[\w.–-]+, (?:19|20)\d\d\)\W*$/iu,
  ],
  [
    'retraction',
    begins(
      String.raw`retracted(?: article| paper)?\s*[:\])]`,
      String.raw`withdrawn\s*[:\])]`,
      String.raw`removed\s*:`,
      String.raw`(?:statement|notice) of (?:retraction|withdrawal|removal)\b`,
      String.raw`(?:retraction|withdrawal|removal) (?:note|notice)\b`,
      String.raw`retractions?\s*(?:$|[:–—-]|to:|(?:of|for)\s*[:"“‘'«]|(?:of|for) .{2,60} et al|of (?:the|this) (?:[\w-]+ ){0,2}(?:article|report|paper|letter|review|perspective)\b)`,
      String.raw`editorial retractions?\b`,
      String.raw`notice of violation of (?:\w+ )?publication principles\b`,
      String.raw`zurückgezogen\s*:`,
      String.raw`rétractation\s*:`,
      String.raw`retractación\s*:`,
      String.raw`retratação\s*:`,
      String.raw`ritrattazione\s*:`,
      '撤稿',
      '撤回',
    ),
  ],
  [
    'correction',
    begins(
      String.raw`(?:(?:author|publisher|editor)['’]?s?['’]? )?corrections?\s*(?:$|[:–—]|- |to\s*:|to\s+["“‘'«]|to lancet|for\s*[:"“‘'«]|for .{2,60} et al|(?:of|for|to) (?:the|this) (?:[\w-]+ ){0,2}(?:article|report|paper|letter|review|perspective)\b)`,
      String.raw`(?:incorrect|omitted|misspelled|misstated|misattributed|inadvertently omitted)(?! (?:use|usage|interpretation|application)\b)(?: [\w-]+,?){0,4} (?:affiliations?|names?|bylines?|degrees?|funding(?: information| statement)?|disclosures?|statements?|labels?|units?(?: of measure)?|values?|numbers?|data|figures?|tables?|text|titles?|dosages?|information|acknowledge?ments?|references?)(?: in (?:the )?[\w -]{2,40})?\W*$`,
      String.raw`corrigend(?:um|a)\b`,
      String.raw`errat(?:um|a)\b(?!-|\s(?:in|of|as|and)\s\p{Ll})`,
      String.raw`corrections? to (?:the )?(?:supporting|supplementa\w+|online) (?:information|material|data)\b`,
      String.raw`addend(?:um|a)\s*(?:$|[:–—-]|to\b)`,
      String.raw`amendments?\s*:`,
      'department of error',
      String.raw`errors? in (?:the )?(?:(?:\w+,? ){0,4})?(?:byline|results|tables?|figures?|text|abstract|methods|discussion|title|affiliations?|data|supplement|dosage|references?|sections?)\W*$`,
      String.raw`(?:editorial )?expression of concern\b`,
      String.raw`berichtigung(?:en)?\s*(?:$|:|zu)`,
      'korrektur zu',
      'korrigendum',
      'rectificatif',
      String.raw`rectification\s*:`,
      String.raw`corrección(?:es)?\s*(?:$|:|a\b)`,
      String.raw`correção\s*(?:$|:)`,
      'fe de erratas',
      'errata corrige',
      'rättelse',
      '更正',
      '勘误',
      '訂正',
      String.raw`исправление\s*(?:$|:|к\s)`,
      'опечатк',
    ),
  ],
  [
    'matter',
    is(
      'issue (?:publication )?information',
      String.raw`(?:international )?editorial (?:advisory )?board(?: and \w+)?`,
      '(?:front|back) ?matter(?: (?:of|for) .{2,80}|, (?:table of )?contents,? .{2,80})?',
      '.{0,100}(?:complete|entire) (?:volume|issue)',
      '(?:books?|publications|new books) received(?:,? (?:for|in|since|from|until|between) .{2,40})?',
      'turnaround times?',
      '(?:recent|list of) (?:referees|reviewers)(?: .{2,60})?',
      '.{2,60} (?:referees|reviewers),? (?:19|20)\\d\\d(?:[–/-]\\d+)?',
      'submission of manuscripts? to .{2,80}',
      '.{0,60}annual reports? .{0,60}report of the (?:secretary|treasurer|editors?)(?: .{2,80})?',
      'articles of significant interest (?:in|selected from) this issue.{0,40}',
      '(?:graphical )?contents list',
      String.raw`contents: .{2,60}\d+/\d{4}`,
      String.raw`cover (?:image|picture),? (?:vol|volume|issue)\b.{2,40}`,
      '(?:cover|masthead|title page|front matter|table of contents|editorial board|editors)(?:,| and| &| /) (?:the )?(?:table of contents|contents|editorial board|front matter|masthead|publication information)',
      String.raw`(?:reviewers?|referees?) (?:acknowledge?ments?|index|list)(?:,? (?:for |of |in )?\d{4})?`,
      String.raw`thank(?:s| you)(?: to)?(?: all)?(?: our| the)?(?: \d{4})? (?:reviewers|referees)(?:,? .{2,40})?`,
      String.raw`call for papers\s*:.{2,200}`,
      String.raw`(?:frontispiece|graphical abstracts?)\s*:.{2,200}\d+/\d{4}\)?`,
      '(?:calendar|forthcoming|upcoming)(?: of)? (?:events?|meetings?|papers|articles)',
      'title page',
      'masthead',
      'imprint',
      'impressum',
      '(?:author|subject|volume|keyword|annual) index',
      'index (?:to|of) (?:volume|authors)',
      '(?:table of )?contents',
      'inhalt(?:sverzeichnis)?',
      'sommaire',
      'table des matières',
      'sumário',
      'índice',
      'sommario',
      'innehåll',
      '目次',
      '目录',
      'содержание',
      'in(?:side)? this issue(?: of .{2,60})?',
      '(?:(?:audio|issue) )?highlights(?: (?:for|of|from|in) (?:this|the) (?:issue|month|week))?',
      'new products',
      'frontispiece',
      'advertisements?',
      '(?:subscription|ordering?)(?: (?:and|&) [\\w-]+)? (?:information|page)(?: for .{2,80})?',
      '(?:instructions|guide|information|notes?|guidelines) (?:for|to) (?:authors|contributors)',
      'call for papers',
      '(?:list|acknowledge?ment|thanks?)(?: you)?(?: of| to)?(?: the| our)? (?:reviewers|referees)(?: (?:of|for|in) .{2,60})?',
      '(?:reviewers?|referees?) (?:list|acknowledge?ments?)',
      String.raw`(?:.{2,60}[—–:-]\s?)?about this (?:journal|issue)`,
      'ieee .{2,100} information(?: for authors)?',
      'blank page.{0,20}',
      'copyright(?: page)?',
      'announcements?',
      'editorial policy',
      'colophon',
      '(?:notes on |list of |about the )?contributors',
    ),
  ],
  [
    'matter',
    holds(
      String.raw`^about the cover\b`,
      String.raw`^(?:titelbild|umschlagbild|rücktitelbild|frontispiece|couverture|обложка|封面)\s*(?:$|[:：])`,
      String.raw`^meet (?:the|our) editorial board\b`,
      String.raw`^(?:front|back) ?matter\s*[:–-]`,
      String.raw`^\W*(?:(?:inside|outside) )?(?:front|back|inner|outer)?\s*cover(?:s| image| picture| feature| profile| art)?\s*(?:$|:|\()`,
      String.raw`\b(?:front|back) matter\W*$`,
      '第\\s?\\d+\\s?卷.{0,12}(?:总目[次录]|目[次录])|总目[次录]$|征稿(?:启事|简则)|^(?:封[面底]|投稿须知)',
      String.raw`^(?:contents|inhalt|innehåll|sommaire|índice|table of contents)\b.{0,90}\b(?:vol|volume|band|issue|heft|nr|no|n°)\b\.?\s*\d`,
      String.raw`^issue information\b`,
      String.raw`^editorial board\b.{0,20}$`,
      String.raw`^(?:(?:author|subject|volume|keyword|annual) )?index\b.{0,20}\b(?:vol|volume|band|no)\b\.?\s*\d+.{0,20}$`,
    ),
  ],
];

/** Titles that say what a text is where nothing surer does. */
export const TITLES: readonly Row[] = [
  ...rowsOf('editorial', 'news'),
  // Project MUSE: the title of a book, its author, and this.
  ['news', /\(review\)\W*$/iu],
  // In capitals alone: "Profile of patients with moss" is a paper.
  ['news', /^Profile of (?:\p{Lu}[\p{L}\p{M}.’'-]*\s?){2,5}$/u],
  [
    'editorial',
    begins(
      String.raw`(?:guest )?editorial(?:e|a|es)?\s*(?:$|[:.–—-])`,
      String.raw`éditorial\b`,
      '(?:a )?(?:note|letter|word|message) from the (?:guest )?editors?',
      String.raw`from the (?:guest )?editors?\b`,
      `editors?['’]s?['’]? (?:note|choice|introduction|comment|picks?)`,
      String.raw`foreword\b`,
      String.raw`preface\s*(?:$|:|to\b)`,
      String.raw`vorwort\b`,
      'avant-propos',
      String.raw`prólogo\b`,
      'introduction to the special (?:issue|section)',
      'letters? to the editor',
      String.raw`(?:(?:the )?authors?['’]?s? |in )?repl(?:y|ies)\s*(?:$|[:.—–]|(?:to|from|by) .{2,60}(?:et al|:|$))`,
      String.raw`authors?['’]?s? response\b`,
      `response to ['"“‘«]`,
      `commentary on ['"“‘«]`,
      'einleitung (?:in das|zum|zur) ',
      'response to (?:the )?(?:letter|comment|editor|commentar)',
      'читателям',
      '社论',
    ),
  ],
  [
    'news',
    begins(
      String.raw`(?:rese[ñn]as?|resenhas?|rezension(?:en)?|recension[ei]|recension(?:er)?|рецензия|书评)\s*(?:$|[:.])`,
      String.raw`comptes? rendus?\b`,
      String.raw`news(?:\s*(?:$|[:&–—-])| and views| in brief| round-?up)`,
      String.raw`research highlights?\b`,
      String.raw`in memoriam\b`,
      String.raw`obituary\b`,
      String.raw`nachruf\b`,
      'nécrologie',
      String.raw`podcast\b`,
      String.raw`book reviews?\b`,
      String.raw`reviews?(?: of|:) .{2,200}(?:, by \p{Lu}| (?:edited|translated|eds?\.) by | \(?eds?\.\))`,
      'buchbesprechung',
      'career (?:column|feature)',
      String.raw`world view\s*:`,
      'daily briefing',
      String.raw`this week in\b`,
      String.raw`news at a glance\b`,
      String.raw`in (?:science|other) journals\b`,
      String.raw`q\s?&\s?as?(?:\s*:| (?:with|on) )`,
      String.raw`qnas? with\b`,
      String.raw`inner workings\s*:`,
      String.raw`(?:an? )?interview with\b`,
      String.raw`conference report\s*(?:$|:)`,
      String.raw`meeting report\s*(?:$|:)`,
    ),
  ],
  [
    'review',
    holds(
      String.raw`\b(?:an?|the) (?:(?:systematic|scoping|narrative|literature|critical|integrative|umbrella|comprehensive|brief|mini|rapid|realist|selective|short|state-of-the-art)[- ])*(?:literature |evidence )?(?:review|survey)(?: and meta-analysis)?\W*$`,
      String.raw`:\s*(?:(?:systematic|scoping|narrative|literature|critical|umbrella)[- ])+review(?: and meta-analysis)?\b`,
      String.raw`^(?:systematic|scoping|narrative) review\b`,
      `^(?:(?:critical|literature|brief|short|comprehensive) )?review (?:of|on) (?!["“‘«])`,
      String.raw`^an? (?:(?:systematic|scoping|narrative|literature|critical|integrative|umbrella|comprehensive|brief|short|mini|rapid|realist)[- ])*(?:literature |evidence )?review (?:and meta-analysis )?(?:of|on)\b`,
      String.raw`:\s*an? (?:(?:systematic|scoping|narrative|literature|critical|integrative|umbrella|comprehensive|rapid|realist)[- ])+(?:literature )?review\b`,
      String.raw`:\s*an? (?:literature )?(?:review|survey) (?:of|on) `,
      String.raw`:\s*(?:mini-?)?review\W*$`,
      'revisión (?:sistemática|de la literatura|bibliográfica)|revisão (?:sistemática|de literatura|integrativa|de escopo)|revue (?:systématique|de (?:la )?littérature)|systematische (?:übersichtsarbeit|literaturübersicht)|revisione sistematica|систематический обзор|обзор литературы|系统(?:综述|评价)|文献综述|システマティック・?レビュー|sistematik derleme',
    ),
  ],
];
