import { buildEdition } from '../../src/core/edition/cut.ts';
import { parseLibrary } from '../../src/core/library/library.ts';
import { learnTaste } from '../../src/core/ranking/taste.ts';
import { finish } from '../../src/core/reading/work.ts';
import { openThreads, type Threads } from '../../src/threads/threads.ts';
import { day } from '../core/reading/texts.ts';

const papers = day.map((text, id) => ({
  ...text,
  id,
  authors: [],
  ids: {},
  categories: [],
  publishedAt: new Date('2026-03-03T00:00:00Z'),
}));

describe('threads', () => {
  let threads: Threads;
  beforeEach(() => {
    threads = openThreads();
  });
  afterEach(() => threads.close());

  it('do what core does, and leave this thread free', async () => {
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    const edition = await threads.run('edition', [papers]);
    clearInterval(counting);
    expect(edition).toEqual(finish(buildEdition(papers)));
    expect(turns).toBeGreaterThan(2);
  });

  it('tell how far they are', async () => {
    const many = Array.from({ length: 40 }, () => papers).flat();
    const heard: number[] = [];
    const numbered = many.map((paper, id) => ({ ...paper, title: `${paper.title} ${id}`, id }));
    await threads.run('edition', [numbered], (pauses) => heard.push(pauses));
    expect(heard.length).toBeGreaterThan(0);
    expect([...heard].sort((a, b) => a - b)).toEqual(heard);
  });

  it('do one heavy task after the other', async () => {
    const order: number[] = [];
    await Promise.all(
      [0, 1, 2].map((number) => threads.run('edition', [papers]).then(() => order.push(number))),
    );
    expect(order).toEqual([0, 1, 2]);
  });

  it('read a library and learn a taste beside it, while another thread is long at work', async () => {
    const order: string[] = [];
    const many = Array.from({ length: 40 }, () => papers).flat();
    const numbered = many.map((paper, id) => ({ ...paper, title: `${paper.title} ${id}`, id }));
    const long = threads.run('edition', [numbered]).then(() => order.push('long'));
    const library = await threads.run('library', ['10.5555/one.1\n10.5555/two.2']);
    expect(library).toEqual(finish(parseLibrary('10.5555/one.1\n10.5555/two.2')));
    expect(await threads.run('library', [Buffer.from('10.5555/one.1')])).toMatchObject({
      entries: [{ key: 'doi:10.5555/one.1' }],
    });
    const at = new Date('2026-03-03T00:00:00Z');
    const examples = day.map((text) => ({ ...text, kind: 'more' as const, at }));
    const others = await threads.run('others', [day]);
    const learned = await threads.run('taste', [examples, at, others]);
    expect(learned?.taste).toEqual(finish(learnTaste(examples, at, others)));
    expect(learned?.words.liked.length).toBeGreaterThan(0);
    expect(await threads.run('taste', [[], at, others])).toBeUndefined();
    order.push('short');
    await long;
    expect(order).toEqual(['short', 'long']);
  });

  it('pass on what the work throws, and go on', async () => {
    const broken = [null] as unknown as typeof papers;
    await expect(threads.run('edition', [broken])).rejects.toThrow('null');
    await expect(threads.run('edition', [[() => {}] as unknown as typeof papers])).rejects.toThrow(
      'could not be cloned',
    );
    expect((await threads.run('edition', [papers])).entries).toHaveLength(papers.length);
  });

  it('reject what runs and what waits when they end', async () => {
    const running = [threads.run('edition', [papers]), threads.run('edition', [papers])];
    const ends = running.map((work) => expect(work).rejects.toThrow(/ended/));
    await threads.close();
    await Promise.all(ends);
    await expect(threads.run('edition', [papers])).rejects.toThrow('ended');
  });

  it('end when they rest, and begin anew', async () => {
    const brief = openThreads({ idleMs: 1 });
    await brief.run('edition', [papers]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await brief.run('edition', [papers])).entries).toHaveLength(papers.length);
    await brief.close();
  });
});
