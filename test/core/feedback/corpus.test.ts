import { judgeBounce } from '../../../src/core/feedback/bounce.ts';
import { classifyMail } from '../../../src/core/feedback/classify.ts';
import { parseMail } from '../../../src/core/feedback/mail.ts';
import { findPointers } from '../../../src/core/feedback/places.ts';
import { parseKeyRing } from '../../../src/core/reader/keys.ts';
import { readCorpus } from '../../feedback/reports.ts';

const keys = parseKeyRing(`1:${'5a'.repeat(32)}`);
const about = {
  keys,
  delivery: 4711,
  subscription: 815,
  messageId: '<e12.0123456789abcdef.r0@here.example>',
  domain: 'in.example',
};
const corpus = readCorpus(about);

describe('the corpus of what comes back', () => {
  it('has more than a hundred reports', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(100);
  });

  it.each(corpus)('understands $name', async ({ bytes, envelope, expect: expected, found }) => {
    const mail = await parseMail(bytes, envelope);
    const pointers = findPointers(mail, keys, 'here.example');
    const isToLeave = pointers.leaving.length > 0;
    const meaning = classifyMail(mail, { isOwn: pointers.isOwn, isToLeave });
    const detail =
      meaning.verdict === 'bounce'
        ? [judgeBounce(meaning.reply)]
        : meaning.verdict === 'leave' && meaning.isMore
          ? ['more']
          : [];
    expect([meaning.verdict, ...detail].join(' ')).toBe(expected);
    const { deliveries, messageIds, leaving, subscriptions } = pointers;
    if (found === 'reference') expect(deliveries).toEqual([about.delivery]);
    if (found === 'messageid') expect([deliveries, messageIds]).toEqual([[], [about.messageId]]);
    if (found === 'leave') expect(leaving).toEqual([about.subscription]);
    if (found === 'none') expect([deliveries, messageIds, subscriptions]).toEqual([[], [], []]);
  });
});
