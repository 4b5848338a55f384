import { ABSTRACT_NAME, SECTION_NAME } from '../../core/text/section-names.ts';
import { ABOUT, AUTHORS, CITATION } from './labels.ts';

/** What a block of a description gives. */
export type Gift =
  /** The abstract begins behind it. */
  | 'heading'
  /** The name of a part of the abstract. */
  | 'section'
  /** What follows it is no abstract any more. */
  | 'end'
  | 'authors'
  | 'identifier'
  /** Where and when it appeared, with its identifier perhaps. */
  | 'citation'
  /** Nothing that a paper is made of. */
  | 'nothing';

/**
 * A kind of block that feeds set around an abstract. What `block` matches at the start of it is
 * what it is known by; the rest is what it gives, where it gives something.
 */
export interface Shape {
  /** Why it is no part of the abstract, as `feeds show` says it. */
  readonly why: string;
  /** Where it was seen. */
  readonly seen: string;
  readonly gives: Gift;
  /** What its text begins with, or is. */
  readonly block?: RegExp;
  /** Elements or classes that hold it. */
  readonly marks?: RegExp;
  /** What is left must be names. */
  readonly isNames?: boolean;
  /** What in its markup is none of what it gives. */
  readonly without?: RegExp;
}

const LABEL_END = String.raw`\s*[:：]\s*`;
const labelled = (names: readonly string[]) =>
  new RegExp(`^(?:${names.join('|')})${LABEL_END}`, 'iu');

/** The heading of an abstract in another language, or in capitals, with the text on its line. */
export const OTHER_ABSTRACT =
  /^(?:ABSTRACT|R[Ee][Ss][Uu][Mm][Oo]|R[Ee][Ss][Uu][Mm][Ee][Nn]|R[ÉéEe][Ss][Uu][Mm][ÉéEe]|R[Ii][Aa][Ss][Ss][Uu][Nn][Tt][Oo]|Zusammenfassung|ZUSAMMENFASSUNG|[Aa][Bb][Ss][Tt][Rr][Aa][Kk]|Öz|ÖZ|Özet|ÖZET|SAŻETAK|Sažetak|SAŽETAK|Sammendrag|SAMMENDRAG|Tiivistelmä|TIIVISTELMÄ|Streszczenie|STRESZCZENIE|Abstrakt|ABSTRAKT|Аннотация|АННОТАЦИЯ|Анотація|АНОТАЦІЯ|Резюме|РЕЗЮМЕ|الملخص|چکیده|摘要|要旨|抄録|초록)\s+(?=\p{Lu}|\p{Lo})/u;

/** The last sentence of a text that says whose it is and where to read on: Elsevier, APA, WordPress, Medium. */
export const USE_SENTENCE =
  /^(?:©|\(c\)\s|\(?copyright\s(?:©|\(c\)|\d{4})|all rights reserved|published by .{2,60}\b(?:ltd|inc|b\.?v|llc|gmbh|press|group|nature|wiley|elsevier|society)\b.{0,30}$|this article is licensed under|the post .{1,400} appeared (?:first )?on|continue reading\b|read more\b|.{1,400} was originally published in .{1,200} on medium\b|\(psycinfo database record)/iu;

/** A sentence behind which nothing of an abstract comes: Wiley, journals that say how to cite them. */
export const USE_OPENING =
  /^(?:©|\(c\)\s|copyright\s(?:©|\(c\))|(?:please cite|to cite|how to cite) this (?:article|paper|work)\b)/iu;

/** In order: the first that fits a block counts. */
export const SHAPES: readonly Shape[] = [
  {
    why: 'it is the heading of the abstract',
    seen: 'Silverchair (OUP, JAMA), Schweizerbart, Wiley, PubMed, Crossref generators, Springer',
    gives: 'heading',
    block: new RegExp(
      String.raw`^(?!(?:Author|Lay|Plain|Graphical|Visual|Video|Editor)\b)(?:${ABSTRACT_NAME})(?:${LABEL_END}|\s*[.–—-]\s+|\s+(?=(?:The|We|This|These|Our|It|In|An?|Here|There)\s\p{Ll})|\s*$)`,
      'u',
    ),
  },
  {
    why: 'it is the heading of the abstract',
    seen: 'SciELO, in two languages',
    gives: 'heading',
    block: OTHER_ABSTRACT,
  },
  {
    why: 'it is the heading of the abstract',
    seen: 'DSpace',
    gives: 'heading',
    block: /^(?:description|beschreibung|descripción|descrição)\s*:\s*(?=\S+\s)/iu,
  },
  {
    why: 'it names a part of the abstract',
    seen: 'Silverchair, PLOS, BMJ, medRxiv, Europe PMC',
    gives: 'section',
    block: new RegExp(String.raw`^(?:${SECTION_NAME})\s*[:：.]?$`, 'u'),
  },
  {
    why: 'it names a part of the abstract',
    seen: 'HighWire: `<sec><st>`, whatever the name',
    gives: 'section',
    marks: /\sst $/,
  },
  {
    why: 'it names the authors',
    seen: 'ScienceDirect, APS, Pensoft, MDPI, Crossref generators, Zotero',
    gives: 'authors',
    block: labelled(AUTHORS),
  },
  {
    why: 'it names the authors',
    seen: 'PLOS, OSF, blogs of laboratories',
    gives: 'authors',
    block: /^(?:[Bb]y|[Vv]on|[Pp]ar)\s+(?=\p{Lu})/u,
    isNames: true,
  },
  {
    why: 'it names the authors',
    seen: 'HighWire (bioRxiv, medRxiv, BMJ)',
    gives: 'authors',
    marks: /\s(?:highwire-cite-authors|authors?|contrib-group|article-authors?|byline) /,
  },
  {
    why: 'it names the authors',
    seen: 'USENIX, with affiliations in italics',
    gives: 'authors',
    marks: /\sfield-name-field-paper-people-text /,
    without: /,?\s*<em>[^<]*<\/em>/gi,
  },
  {
    why: 'it names the authors',
    seen: 'Pure: portals of universities, with where and when it appeared on the same line',
    gives: 'authors',
    marks: /\srendering_researchoutput\b.* link person /,
    without: /,?\s*<span class="(?:date|journal|volume|publisher|place|edition)"[\s\S]*$/,
  },
  {
    why: 'it names the authors',
    seen: 'BibSonomy, with where and when it appeared on the same line',
    gives: 'authors',
    marks: /\sauthoreditorlist /,
    without: /<\/span>\s*\.\s*(?=<em>|\()[\s\S]*$/,
  },
  {
    why: 'it is an identifier',
    seen: 'ACS, RSC, Pensoft, PubMed',
    gives: 'identifier',
    block:
      /^(?:doi|pmid|pmcid|arxiv(?: id)?|https?:\/\/(?:dx\.)?doi\.org\/(?=10\.))\s*[:：]?\s*(?=\S*\d)/iu,
  },
  {
    why: 'it says where and when it appeared',
    seen: 'ScienceDirect, Crossref generators, Zotero, Wiley',
    gives: 'nothing',
    block: labelled(CITATION),
  },
  {
    why: 'it says what kind of text it is',
    seen: 'OJS, SSRN, Zotero, RePEc',
    gives: 'nothing',
    block: labelled(ABOUT),
  },
  {
    why: 'it is part of the list behind an abstract',
    seen: 'Research Square, OJS, Thieme',
    gives: 'end',
    block:
      /^(?:key ?words?|references|bibliography|literatur|literature cited|acknowledge?ments?|how to cite|downloads?|author (?:affiliations|information)|conflicts? of interest|competing interests|supplement(?:ary|al) (?:material|information|data)|metrics|related articles?|article in thieme ejournals)\s*[:.]?$/iu,
  },
  {
    why: 'it says that it may be cited, used or read',
    seen: "RSC's own feeds, Elsevier, Thieme, Springer, Copernicus, WordPress, Medium",
    gives: 'nothing',
    block:
      /^(?:to cite this article before page numbers|.{0,80}\(discussion: \w+, \d+ comments?\)|the content of this rss feed|this article is licensed under|(?:\W*open access\W*)$|(?:©|\(c\)|copyright\b)(?!.{300})|all rights reserved|please follow the links?|click (?:here|on)|read (?:more|the full|full)|continue reading|view (?:the )?(?:full|article|abstract|pdf|html)|full[- ]text|the post .{1,400} (?:first )?appeared (?:first )?on|.{1,400} was originally published in .{1,200} on medium\b|this is an? (?:open[- ]access|.{0,40}pdf) |no preview available|get access|buy (?:article|now))/iu,
  },
  {
    why: 'it stands for an abstract that there is none of',
    seen: 'IEEE (null), T&F ahead of print (.), OJS (NA), HAL ([...]), CNKI, HighWire, LWW',
    gives: 'nothing',
    block:
      /^(?:[^\p{L}\p{N}]*|\W*(?:null|none|nil|n\/?a|nan|undefined|tba|tbd|test|empty|正)\W*|.{0,20}\b(?:no|not|without|kein|keine|sin|sem|sans|ohne)\b.{0,20}\b(?:abstract|summary|description|zusammenfassung|resumen|resumo|résumé)\b.{0,40}|.{0,10}\b(?:abstract|summary|description|resumen|résumé)\b.{0,12}\b(?:not|no|non|none|unavailable|missing|pending)\b.{0,30}|an abstract is not available for this content.{0,200}|see (?:the )?full[- ]?text\W*|(?:supporting|supplementary|supplemental) (?:information|material|data) (?:for this article )?(?:is|are) (?:given|available)\b.{0,120})$/iu,
  },
  {
    why: 'it says how the text came here',
    seen: 'Nature, whose feed lost its tags; HighWire',
    gives: 'nothing',
    block:
      /^(?:add to selected citations|download (?:pdf|ris|citation)|share (?:this|on)|email alerts?|html|xml|pdf|epub|abstract|full text)$/iu,
  },
];
