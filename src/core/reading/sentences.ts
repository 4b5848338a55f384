const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Abbreviations after which a sentence always goes on. */
const goesOn =
  /\b(?:i\.e|e\.g|vs|cf|viz|ca|approx|resp|incl|nos|figs?|eqs?|refs?|secs?|tabs?|vol|pp|dr|prof|mr|mrs|subsp)\.$/i;

/** Abbreviations and lone initials that end a sentence as often as not. */
const mayGoOn =
  /(?:\b(?:[Ee]t al|[Nn]o|[Vv]er|[Vv]ar|w\.r\.t|a\.k\.a|i\.i\.d|U\.S|U\.K|spp?|St|Ms)|(?:^|[\s(.])\p{Lu})\.$/u;

/** Words that hardly ever follow such an abbreviation inside a sentence. */
const opener =
  /^(?:We|Our|The|Th[ie]s|These|Those|It|Its|In|On|At|As|By|For|From|To|With|If|When|While|Here|There|However|Moreover|Further|Furthermore|Finally|Thus|Then|Although|Despite|An?)\b/;

/**
 * Splits running text into its sentences, whitespace folded, none empty. Abbreviations
 * (`et al.`, `Fig. 2`, `i.e.`), initials and decimals do not end a sentence.
 */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  for (const { segment } of segmenter.segment(text.replace(/\s+/g, ' ').trim())) {
    const before = sentences.at(-1);
    const next = segment.trim();
    if (before !== undefined && runsInto(before, next)) {
      sentences[sentences.length - 1] = `${before} ${next}`;
    } else if (next !== '') sentences.push(next);
  }
  return sentences;
}

function runsInto(before: string, next: string): boolean {
  if (/^[\p{Ll},;)]/u.test(next) || goesOn.test(before)) return true;
  return mayGoOn.test(before) && !opener.test(next);
}
