/** Invented papers of a small day: bees, bridges, and three that stand alone. */
export const bees = [
  {
    title: 'Honey bees dance longer for distant meadows',
    abstract:
      'Honey bees tell each other where food is. We filmed 400 waggle dances of honey bees in two hives. Dances for meadows beyond three kilometres lasted twice as long.',
  },
  {
    title: 'Cold nights shorten the waggle dance of honey bees',
    abstract:
      'Weather changes how insects forage. Here we show that honey bees shorten the waggle dance after cold nights. The hives with thick walls were not affected.',
  },
  {
    title: 'How honey bees choose a new hive',
    abstract:
      'A swarm must agree on a home. We followed scouts of honey bees through nine swarms and found that the waggle dance settles the vote. Hives near water won.',
  },
];

export const bridges = [
  {
    title: 'Counting cracks in concrete bridges from the air',
    abstract:
      'Old concrete bridges are inspected by hand. In this work, we present a drone that photographs concrete bridges and counts cracks wider than a millimetre.',
  },
  {
    title: 'Salt and frost in concrete bridges: forty winters of records',
    abstract:
      'Salt is spread on roads each winter. This study follows concrete bridges through forty winters of salt and frost. Cracks doubled where drains were blocked.',
  },
  {
    title: 'A cheap gauge for load on concrete bridges',
    abstract:
      'Heavy lorries wear out concrete bridges. We build a strain gauge from pencil graphite and test its load readings on six concrete bridges with cracks.',
  },
];

export const loners = [
  {
    title: 'A grammar of whistled Silbo greetings',
    abstract: 'Whistled speech carries across valleys. We describe how greetings are whistled.',
  },
  {
    title: 'Tidal heating of a small icy moon',
    abstract: 'Ice hides an ocean. We compute the warmth that tides leave under the crust.',
  },
];

export const day = [...bees, ...bridges, ...loners];
