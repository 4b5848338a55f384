/** What follows a word that may also be a paper's subject: "Correction of myopia" is no remark. */
const END = String.raw`(?=\s*(?:[:：.,;\])—–]|$))`;

/**
 * How titles begin that speak about another paper. Seen in recorded feeds: "Publisher
 * Correction: …", "Correction to: …", "Correction.", "Erratum to: …", "Corrigendum",
 * "Retraction Note: …", "RETRACTED: …", "WITHDRAWN: …", "In Reply", "Reply to …"; those of other
 * languages by usage.
 */
const OPENINGS: readonly string[] = [
  `(?:(?:publisher|author|authors|data|editorial|figure|table)['’]?s? )?corrections?(?: note| notice)?${END}`,
  String.raw`(?:(?:publisher|author) )?corrections? (?:to|for|on)\b`,
  `correction of${END}`,
  String.raw`(?:errat|corrigend|addend)(?:um|a)\b`,
  `retract(?:ion|ed)(?: article| note| notice)?${END}`,
  String.raw`retraction (?:note|notice) (?:to|of|on)\b`,
  String.raw`(?:retractions?|corrections?) (?:for|of) .{2,60} et al\b`,
  String.raw`(?:retractions?|corrections?) (?:for|of|to) the (?:[\w-]+ ){0,2}(?:article|report|paper)\b`,
  `(?:withdrawn|withdrawal|removed|withdrawal notice)${END}`,
  String.raw`(?:editorial )?expressions? of concern\b`,
  String.raw`(?:(?:the )?authors?['’]?s? |in )?(?:reply|response|rejoinder|rebuttal|replies)(?: (?:to|from|by)\b|${END})`,
  String.raw`(?:a )?comments? (?:on|to)\b`,
  String.raw`letters? to the editor\b`,
  // French, Spanish and Portuguese, Italian, German, Polish, Russian, Chinese, Japanese.
  `rectificatif${END}`,
  String.raw`rectificatif (?:à|au|de)\b`,
  '(?:fe de )?erratas?\\b',
  `(?:correcci[oó]n|corre[cç][aã]o|rettifica|korrektur(?:en)?|replik|erwiderung)${END}`,
  'errata corrige',
  'berichtigung(?:en)?\\b',
  'sprostowanie',
  'исправлени[ея]|опечатк[аи]',
  '更正|勘误|訂正|正誤',
];

/** EDP Sciences, Dove: `Moss on walls (Corrigendum)`. */
const BEHIND =
  /[([](?:corrigend(?:um|a)|errat(?:um|a)|addendum|correction|retract(?:ion|ed))[)\]]\W*$/i;

const OPENING = new RegExp(String.raw`^[[(«"“]?\s*(?:${OPENINGS.join('|')})`, 'iu');

/**
 * Whether a title is that of a remark: a correction, a retraction, a reply or another word on a
 * paper that has nearly the same title. It is never that paper itself.
 */
export function isRemark(title: string): boolean {
  return OPENING.test(title) || BEHIND.test(title);
}

/** Titles that many have, as recorded feeds do; in full. */
const GENERIC = new RegExp(
  `^(?:${[
    '(?:guest )?editorial(?: board| note| comment)?',
    'issue information',
    'introduction(?: to (?:the|this) (?:special )?(?:issue|section))?',
    '(?:pre|fore|after)?(?:face|word)|prologue|epilogue',
    '(?:table of )?contents',
    '(?:front|back|cover and (?:front|back)) ?matter',
    '(?:(?:front|back|inside) )*covers?(?: image| picture| feature)?',
    'masthead|about this journal|in this issue|in brief|index',
    'news(?: and views| in brief)?|announcements?|obituary',
    '(?:research )?highlights?|abstracts?|posters?',
    'acknowledge?ments?',
    '(?:book )?reviews?|commentary|perspectives?|viewpoints?|letters?|correspondence|discussion',
    'placeholder|untitled',
    'vorwort|inhalt(?:sverzeichnis)?|impressum|éditorial|avant-propos|sommaire',
  ].join('|')})$`,
  'iu',
);
const LONGEST_BARE_REMARK = 3;

/** Whether a title says nothing of what is under it, so that many papers have it. */
export function isGenericTitle(title: string): boolean {
  const bare = title.trim().replace(/[.:!]+$/, '');
  const isShort = bare.split(/\s+/).length <= LONGEST_BARE_REMARK;
  return GENERIC.test(bare) || (isShort && isRemark(bare));
}
