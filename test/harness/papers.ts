import type { Paper } from '../../src/core/paper/paper.ts';

const subjects = [
  [
    'Coral reefs',
    'bleaching',
    'Warm summers bleach coral reefs. We measured 40 reefs over ten years and found that shade slows bleaching by 12%.',
  ],
  [
    'Quantum sensors',
    'diamonds',
    'Quantum sensors in diamonds read weak magnetic fields. We present a sensor that is 3 times quieter than before.',
  ],
  [
    'Bird migration',
    'radar',
    'Weather radar sees bird migration at night. We propose a method that counts birds within 5% of observers.',
  ],
  [
    'Battery electrodes',
    'silicon',
    'Silicon electrodes swell in batteries. This paper shows a coating that keeps 90% of capacity after 500 cycles.',
  ],
  [
    'Soil microbes',
    'drought',
    'Drought changes soil microbes. We sequenced 200 samples and show that fungi recover more slowly than bacteria.',
  ],
] as const;

/** Papers of the test's own, all different: `count` of them, told apart by `series`. */
export function makePapers(series: string, count: number): Paper[] {
  return Array.from({ length: count }, (_, index) => {
    const [subject, detail, abstract] = subjects[index % subjects.length] ?? subjects[0];
    return {
      title: `${subject} and ${detail}: study ${series}-${index}`,
      abstract: `${abstract} This is study number ${index} of series ${series}.`,
      authors: [{ name: `Author ${index}` }],
      categories: [],
      ids: { doi: `10.5555/${series}.${index}` },
      link: `https://doi.example/10.5555/${series}.${index}`,
    };
  });
}

/** The same papers in the import format. */
export function toImportFile(papers: readonly Paper[]): string {
  return papers.map(({ title, abstract }) => `${title}\n\n${abstract}\n`).join('\n');
}
