import { SECTION_NAME } from '../text/section-names.ts';

/** A section's name before its text, as medical abstracts have it (`METHODS:`). */
const heading = new RegExp(String.raw`^(?:${SECTION_NAME})\s*[:.–—-]\s+(?=\S)`, 'u');

/** The mark or the number of a list that lost its lines. */
const mark = /^(?:[•·▪●]\s*|\d{1,2}\.\s+(?=\p{Lu}))/u;

/** Openings that tie a sentence to what goes before, and say nothing themselves. */
const openings = [
  /^in (?:this|the present|our|the current) (?:paper|work|article|study|letter|report|manuscript|research|contribution|thesis)\s?,\s+/i,
  /^in (?:this|the present|our) (?:paper|work|article|study|letter|report|manuscript) (?=(?:we|i(?!\.\s?e\b))\b)/i,
  /^(?!th(?:is|ese)\b)[^,;:]{0,80}\b(?:this|these|such)\b[^,;:]{0,50},\s+(?=(?:we|i(?!\.\s?e\b)|(?:this|the) (?:paper|work|article|study|authors?))\b)/i,
  /^(?:to (?:this|that|these) ends?|to do (?:so|this|that)|(?:towards?|for) (?:this|that) (?:end|purpose|goal|reason)|with this in mind)\s?,?\s+/i,
  /^(?:however|hence|therefore|thus|thereby|consequently|accordingly|as a (?:result|consequence|remedy)|in response|moreover|furthermore|further|additionally|in addition|besides|also|finally|lastly|first(?:ly)?|second(?:ly)?|third(?:ly)?|next|then|here|herein|now|instead|nevertheless|nonetheless|in contrast|conversely|by contrast|on the other hand|in particular|particularly|specifically|more specifically|concretely|more precisely|notably|importantly|interestingly|surprisingly|remarkably|crucially|overall|in summary|in conclusion|in short|taken together|altogether|collectively|together|indeed|in fact|similarly|likewise|yet|meanwhile|so far|at the same time)\s?,\s+/i,
  /^(?:however|hence|therefore|thus|moreover|furthermore|finally|here|herein|but|and|so|yet) (?=(?:we|i(?!\.\s?e\b))\b)/i,
];

/** `We bridge this gap and present`: what follows the `and` is the news. */
const errand =
  /^(we) (?:address|bridge|close|fill|tackle|overcome|solve|resolve) (?:this|these|that|those) (?:\w+ )?\w+ and(?= \w+)/i;

/** `The authors therefore develop`: the adverb points at a sentence that is not shown. */
const consequence =
  /^(we|i|the (?:authors?|paper)|this (?:paper|work|article|study)) (?:therefore|thus|hence|accordingly|consequently|then|also) /i;

/** What still points back after the openings are gone. */
const dangling =
  /^(?:this|these|those|it|they|its|their|such|he|she|both|here|however|but|and|moreover|furthermore|in addition|additionally|also|thus|therefore|hence|finally|specifically|in particular|for example|for instance|then|the (?:latter|former|resulting|above|same))\b(?! (?:paper|work|article|study|letter|thesis|report|survey|review|manuscript|tutorial|chapter|note)\b)/i;

/** A sentence without section name and connecting openings, its first letter capital. */
export function trimOpening(sentence: string): string {
  let text = sentence.trim().replace(mark, '').replace(heading, '');
  for (let before = ''; before !== text; ) {
    before = text;
    for (const opening of openings) text = text.replace(opening, '');
  }
  return capitalise(text.replace(errand, '$1').replace(consequence, '$1 '));
}

/** A sentence as it stands in a summary: without connecting opening, asides, and what its end points back at. */
export function trimSentence(sentence: string): string {
  return trimOpening(sentence).replace(ASIDE, '').replace(POINTING, '');
}

/** What is said besides, at a sentence's end. */
const ADDITION =
  /, (?:which|where|while|whereas|with|such as|including|thereby|thus|as well as|suggesting|indicating|demonstrating|showing|making|leading|resulting|allowing|enabling|providing|yielding|and (?:can|is|are|has|have|was|were|also|thus|therefore|thereby))\b[^.!?]{0,300}(?=[.!?]$)/i;
const LEAST_LEFT = 8;

/** A sentence without what its end says besides, where enough is left. */
export function clip(sentence: string): string {
  const short = sentence.replace(ADDITION, '');
  return short.split(' ').length < LEAST_LEFT ? sentence : short;
}

/** Whether a trimmed sentence leans on the one before it. */
export function isDangling(sentence: string): boolean {
  return dangling.test(sentence);
}

/** What a sentence can do without: asides of names, sources and statistics, and what its end points back at. */
const ASIDE =
  /\s?\((?:[\w-]{0,20}[A-Z][\w-]{0,20}[A-Z][\w-]{0,9}|(?:i\.e\.|e\.g\.|[Ss]ee |cf\.|[Ff]igs?\b|[Tt]ables?\b|[Nn]\s?=|[Pp]\s?[<>=≤]|\d\d\s?% ?CI|https?:)[^()]{0,120})\)/gu;
const POINTING =
  /,? (?:in order )?to (?:address|tackle|solve|overcome|mitigate|resolve|meet|fill|bridge|close) (?:this|these|those|that|such) (?:\w+ ){0,2}\w+(?=[.!]$| by\b| through\b| via\b)/i;

/** Raises the first letter, save in a word that carries its own capitals (`mRNA`). */
function capitalise(text: string): string {
  return /^\p{Ll}[\p{Ll}'’-]*(?=[\s,.:;]|$)/u.test(text)
    ? text.charAt(0).toUpperCase() + text.slice(1)
    : text;
}
