import type { PaperKind } from './kinds.ts';

const names = (kind: PaperKind, list: string) =>
  list.split(/\s*[|\n]\s*/).flatMap((name) => (name.trim() ? [[name.trim(), kind] as const] : []));

/**
 * What elements call a text (prism:section, dc:type, categories, brackets before titles), as
 * `foldSection` writes it; `paper` where that is said. Seen in feeds of Springer Nature, Wiley,
 * Elsevier, Cell Press, AAAS, PNAS, BMJ, NEJM, JAMA, Cambridge and OJS.
 */
export const SECTIONS: ReadonlyMap<string, PaperKind> = new Map([
  ...names(
    'paper',
    `research article | original article | original research | full paper | original paper
     research paper | journal article | short communication | brief communication
     rapid communication | original investigation | research`,
  ),
  ...names(
    'review',
    `review | review article | mini review | minireview | systematic review | literature review
     state of the art review | meta analysi | scoping review | seminar | topical review
     clinical review | übersichtsarbeit | artículo de revisión | обзор`,
  ),
  ...names(
    'correction',
    `correction | erratum | errata | corrigendum | corrigenda | author correction
     publisher correction | addendum | expression of concern | published erratum | amendment
     department of error | correction notice | erratum corrigendum | correction erratum
     correction and clarification | fe de errata | berichtigung`,
  ),
  ...names(
    'retraction',
    `retraction | retraction note | retraction notice | withdrawal | withdrawn | retracted
     retracted article | retracted publication | removal notice`,
  ),
  ...names(
    'editorial',
    `editorial | guest editorial | from the editor | foreword | preface | editor note | comment
     commentary | commentarie | correspondence | letter to the editor | opinion | world view
     reply | preview | views and review | view and review | editor choice | introduction | policy forum
     in reply | response | invited commentary | leading article | éditorial | editoriale`,
  ),
  ...names(
    'news',
    `new | news | news and view | news and views | news feature | news in focu | world report
     research highlight | news and comment | in brief | book review | books and art | obituary
     obituarie | career | where i work | podcast | interview | q and a | nature briefing
     career feature | career column | turning point | meeting report | announcement | this week | feature
     news analysi | books et al | book et al | in memoriam | highlight | media review
     press release | working life | editors choice | news and analysi | in depth | news in depth | profile | inner working | rezension | reseña | recensione | рецензия`,
  ),
  ...names(
    'matter',
    `issue information | front matter | back matter | frontmatter | backmatter | cover
     cover image | cover picture | cover feature | front cover | back cover | inside cover
     masthead | table of content | content | editorial board | advertisement
     front and back matter | index | title page | frontispiece | in this issue
     graphical abstract | reviewer acknowledgement`,
  ),
]);
