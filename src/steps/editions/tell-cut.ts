import { countOf } from '../../core/text/words.ts';
import type { ModelReport } from './by-model.ts';
import type { CutReport } from './cut.ts';

/** What a cut came to, in a sentence; undefined where nothing was due. */
export function tellCut(report: CutReport): string | undefined {
  if (report.kind === 'nothing_due') return undefined;
  if (report.kind === 'waiting') return `the cut waits for ${report.feeds.join(', ')}`;
  if (report.kind === 'empty') return 'no new papers: no edition was cut';
  const { kind, name, papers, groups, merged, hidden, models } = report;
  const counts = [
    `${countOf(papers, 'paper')} in ${countOf(groups, 'group')}, each summarised`,
    `${countOf(merged, 'duplicate')} merged`,
    ...(hidden > 0 ? [`${hidden} hidden by the editors`] : []),
    ...(models ? [tellModels(models)] : []),
  ];
  const held = kind === 'held' ? '; it is held until an operator releases it' : '';
  return `edition ${name} is cut: ${counts.join(', ')}${held}`;
}

function tellModels({ isPlaced, summaries, labels, fault }: ModelReport): string {
  const given = `${summaries} ${summaries === 1 ? 'summary' : 'summaries'} and ${countOf(labels, 'label')} by a model`;
  const placed = isPlaced ? ', grouped by its vectors' : '';
  return `${given}${placed}${fault === undefined ? '' : ` (the rest our own: ${fault})`}`;
}
