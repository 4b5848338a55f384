import { idsOf, paper, rankFor } from './papers.ts';

describe('variety', () => {
  const same = 'Shaded coral reefs bleach less when cool water rises from the deep lagoon';
  const copies = [1, 2, 3, 4, 5].map((id) => paper(id, same, { abstract: `${same}. Part ${id}.` }));
  const others = [
    paper(90, 'Fish of coral reefs', { abstract: 'Parrotfish graze seaweed at dusk.' }),
    paper(91, 'Sponges on coral reefs', { abstract: 'Filter feeders clear bacteria.' }),
    paper(92, 'Hotels and coral reefs', { abstract: 'Fees pay for moorings and rangers.' }),
    paper(93, 'Old coral reefs', { abstract: 'Drill cores date ancient storms.' }),
  ];

  it('does not fill the top five with versions of one idea where others match', () => {
    const top = idsOf(rankFor([...copies, ...others], { topics: ['coral reefs'] })).slice(0, 5);
    expect(top.filter((id) => copies.some((copy) => copy.id === id))).toHaveLength(1);
  });

  it('gives the versions where nothing else matches', () => {
    expect(idsOf(rankFor(copies, { topics: ['coral reefs'] }))).toHaveLength(5);
  });
});
