import { previewEdition } from '../../src/steps/digests/view.ts';
import { recordVote } from '../../src/steps/readers/vote.ts';
import { backends, createClock, createPlace, openContext } from '../harness/context.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

describe.each(backends)('votes on the %s', (backend) => {
  it('change the next preview, and taken back change nothing', async () => {
    const place = await createPlace(backend);
    const clock = createClock('2026-03-03T12:00:00Z');
    const context = await openContext(place, clock);
    try {
      const { outside } = context;
      const reader = await subscribe(outside, 'ada@readers.example');
      const name = await cutWith(outside, makePapers('v', 10));
      const edition = await outside.store.editions.findByName(name);
      const papers = await outside.store.papers.listOfEdition(edition?.id ?? 0);
      const paper = papers.at(-1);
      const choices = papers.map(({ id }) => ({ paper: id, reason: '' }));
      const content = { editions: [edition?.id ?? 0], choices };
      const delivery = { subscriberId: reader.subscriberId, content };
      const lead = async () => {
        const seen = await previewEdition(outside, edition?.id ?? 0, reader);
        return /^ *1\. (.+)$/m.exec(seen?.text ?? '')?.[1];
      };
      const before = await lead();
      const vote = { delivery, paperId: paper?.id ?? 0 };
      expect(await recordVote(outside, vote, 'more')).toBe(true);
      expect(before).not.toBe(paper?.title);
      expect(await lead()).toBe(paper?.title);
      expect(await recordVote(outside, vote, undefined)).toBe(true);
      expect(await lead()).toBe(before);
      expect(await recordVote(outside, { delivery, paperId: 999 }, 'more')).toBe(false);
      const audit = await outside.store.audit.list({}, { most: 2 });
      const subject = `subscription ${reader.id}`;
      expect(audit).toMatchObject([
        { actor: 'reader', action: 'unvote', subject, detail: {} },
        { actor: 'reader', action: 'vote', subject, detail: { way: 'more' } },
      ]);
    } finally {
      await context.close();
      await place.remove();
    }
  });
});
