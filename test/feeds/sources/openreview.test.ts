import { parseOpenreview } from '../../../src/feeds/sources/openreview.ts';
import { bytes, count, playSource } from './play.ts';

const value = (given: unknown) => ({ value: given });
const note = (id: string, content: object = {}, more: object = {}) => ({
  id,
  forum: id,
  tcdate: Date.parse('2026-07-05T10:00:00Z'),
  odate: Date.parse('2026-07-06T10:00:00Z'),
  pdate: Date.parse('2019-01-01T00:00:00Z'),
  content: { title: value(`Gulls ${id}`), ...content },
  ...more,
});

describe('parseOpenreview', () => {
  it('reads a submission, and names in both forms', async () => {
    const content = {
      abstract: value('We see $\\alpha$.'),
      authors: value(['Ann Gull', { fullname: 'Bo Tern', username: '~Bo_Tern1' }]),
      venue: value('ICLR 2026 Oral'),
      venueid: value('ICLR.cc/2026/Conference'),
    };
    const found = note('Yx-92', content, { externalIds: ['doi:10.5555/Gull.7'] });
    const { papers } = await parseOpenreview(bytes({ notes: [found], count: 1 }));
    expect(papers).toEqual([
      {
        title: 'Gulls Yx-92',
        abstract: 'We see α.',
        authors: [{ name: 'Ann Gull' }, { name: 'Bo Tern' }],
        categories: [],
        ids: { doi: '10.5555/gull.7', openreview: 'Yx-92' },
        link: 'https://openreview.net/forum?id=Yx-92',
        publishedAt: new Date('2026-07-06T10:00:00Z'),
        announcedAt: new Date('2026-07-06T10:00:00Z'),
      },
    ]);
  });

  it('reads a submission whose authors are not told', async () => {
    const { papers } = await parseOpenreview(bytes({ notes: [note('a')] }));
    expect(papers[0]?.authors).toEqual([]);
  });

  it('refuses reviews, and what was refused under a venue that says "Submitted to"', async () => {
    const review = { id: 'r', forum: 'a', content: { summary: value('Good.'), rating: value(8) } };
    const refused = note('b', {
      venue: value('Submitted to ICLR 2026'),
      venueid: value('ICLR.cc/2026/Conference/Rejected_Submission'),
    });
    const { refusals } = await parseOpenreview(bytes({ notes: [review, refused], count: 10000 }));
    expect(refusals.map(({ reason }) => reason)).toEqual([
      'It is no paper but a review or a reply.',
      'It was refused or withdrawn: Rejected_Submission.',
    ]);
  });
});

describe('fetchOpenreview', () => {
  it('goes on after a full page, whatever the count is', async () => {
    const source = await playSource(['openreview', 'ICLR.cc/2026/Conference'], (url) => {
      const start = Number(url.searchParams.get('offset'));
      const notes = count(Math.min(1000, 1200 - start), start).map((at) => note(`n${at}`));
      return { body: { notes } };
    });
    const { papers, complete } = await source.fetch();
    expect([papers.length, complete]).toEqual([1200, true]);
    expect(Object.fromEntries(source.asked[0]?.searchParams ?? [])).toEqual({
      invitation: 'ICLR.cc/2026/Conference/-/Submission',
      mintcdate: String(Date.parse('2026-07-06T00:00:00Z')),
      sort: 'tcdate:desc',
      limit: '1000',
      offset: '0',
    });
    await source.close();
  });
});
