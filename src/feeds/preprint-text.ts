/** bioRxiv's own marks for lists, figures and small capitals, which stay in its plain text. */
const marks = /[OC]_(?:ST_ABS|FIG|TBL|LI|QD)/g;
const smallCapitals = /[OC]_SCP(?:LOW|CAP)/g;

const headings =
  'Background|Introduction|Aims?|Objectives?|Methods?|Results?|Discussion|Conclusions?|Summary|Significance|Highlights?|HIGHLIGHTS?|Abbreviations|Keywords?';
/** A lost line break is written `nn`; a section's name then touches its text, as at the start. */
const lostBreak = new RegExp(`(?<=[.!?)\\]])nn(${headings})?(?=[A-Z])`, 'g');
const firstHeading = new RegExp(`^\\s*(${headings})(?=[A-Z][a-z])`);

/**
 * An abstract of bioRxiv or medRxiv without the marks that their feeds leave in it (seen in
 * recorded answers of connect.biorxiv.org); sections are told apart by a colon.
 */
export function cleanPreprint(text: string): string {
  return text
    .replace(smallCapitals, '')
    .replace(marks, ' ')
    .replace(firstHeading, '$1: ')
    .replace(lostBreak, (_, heading: string | undefined) => (heading ? ` ${heading}: ` : ' '));
}
