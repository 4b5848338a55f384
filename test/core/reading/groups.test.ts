import * as fc from 'fast-check';
import { groupPapers } from '../../../src/core/reading/groups.ts';
import { finish } from '../../../src/core/reading/work.ts';
import { bees, bridges, day } from './texts.ts';

describe('groupPapers', () => {
  const groups = finish(groupPapers(day));

  it('puts papers on one subject together and names it', () => {
    expect(groups.map(({ label, members }) => [label, [...members].sort()])).toEqual([
      ['Honey Bees', [0, 1, 2]],
      ['Concrete Bridges', [3, 4, 5]],
      ['', [6, 7]],
    ]);
  });

  it('tells how many there are, on what, and the title of one', () => {
    const title = expect.stringMatching(/^[^“”]+[^.]$/);
    expect(groups[0]?.overview).toEqual({
      about: { code: 'all', themes: ['honey bees'] },
      papers: 3,
      title,
    });
    expect(groups[2]?.overview).toEqual({ about: { code: 'others' }, papers: 2, title });
  });

  it('gives the same groups again, in whichever order the papers come', () => {
    expect(finish(groupPapers(day))).toEqual(groups);
    const titlesOf = (papers: typeof day) =>
      finish(groupPapers(papers)).map(({ label, members }) => [
        label,
        members.map((member) => papers[member]?.title),
      ]);
    expect(titlesOf([...day].reverse())).toEqual(titlesOf(day));
  });

  it('leaves the others where they are when a paper goes', () => {
    const rest = day.slice(0, -1);
    expect(finish(groupPapers(rest)).map(({ label }) => label)).toEqual(
      groups.map(({ label }) => label),
    );
  });

  it('keeps its head with few papers', () => {
    expect(finish(groupPapers([]))).toEqual([]);
    const [bee] = bees;
    expect(finish(groupPapers(bee ? [bee] : []))).toEqual([
      {
        label: '',
        overview: {
          about: { code: 'day' },
          papers: 1,
          title: 'Honey bees dance longer for distant meadows',
        },
        members: [0],
      },
    ]);
    const five = finish(groupPapers([...bees, ...bridges.slice(0, 2)]));
    expect(five.flatMap(({ members }) => members).sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it('places every paper once under labels that differ', () => {
    const subject = fc.constantFrom(...day.flatMap(({ title }) => title.split(' ')));
    const text = fc.array(subject, { maxLength: 12 }).map((words) => words.join(' '));
    const paper = fc.record({ title: text, abstract: text });
    const property = fc.property(fc.array(paper, { maxLength: 30 }), (papers) => {
      const result = finish(groupPapers(papers));
      const members = result.flatMap((group) => group.members);
      expect(members.sort((a, b) => a - b)).toEqual([...papers.keys()]);
      expect(new Set(result.map(({ label }) => label)).size).toBe(result.length);
      expect(result.every((group) => group.members.length > 0)).toBe(true);
      const unnamed = result.filter(({ label }) => label === '');
      expect(unnamed.every(({ overview }) => !('themes' in overview.about))).toBe(true);
    });
    return fc.assert(property);
  });
});

describe('grouping many papers', () => {
  const subjects = 'bees moss tides walls cranes ferns lamps clocks kilns wells'.split(' ');
  const works = 'counting drawing weighing mending naming lighting painting hearing'.split(' ');
  const papersOf = (count: number) =>
    Array.from({ length: count }, (_, i) => {
      const [subject, work] = [subjects[i % 10], works[Math.floor(i / 10) % 8]];
      const own = Array.from({ length: 30 }, (_word, at) => `w${(i * 31 + at * 17) % 997}x`);
      return { title: `${work} ${subject} ${i}`, abstract: `${subject} ${work} ${own.join(' ')}` };
    });

  it('costs little more than their number', () => {
    const costOf = (count: number) => {
      const papers = papersOf(count);
      const began = process.cpuUsage();
      finish(groupPapers(papers));
      return process.cpuUsage(began).user;
    };
    costOf(100);
    // Three times as many cost 4 times as much where it grows by the power of 1.3, else 9 times.
    expect(costOf(1200) / costOf(400)).toBeLessThan(6.5);
  });
});
