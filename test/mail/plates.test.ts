import type { EditionTexts } from '../../src/core/edition/edition.ts';
import type { DigestContent } from '../../src/core/letter/digest-content.ts';
import type { DigestLinks } from '../../src/core/letter/digest-view.ts';
import { encodeQuotedPrintable as encode } from '../../src/core/letter/quoted-printable.ts';
import { createPlates } from '../../src/mail/plates.ts';

const content: DigestContent = { editions: [1], choices: [] };
const edition: EditionTexts = {
  id: 1,
  name: '2026-03-03',
  date: '2026-03-03',
  isSample: false,
  groups: [],
  papers: [],
};

function linksOf(id: string): DigestLinks {
  const link = (right: string) => `https://news.example/${right}/1.${id}.abcdefghij`;
  return {
    home: 'https://news.example/',
    edition: 'https://news.example/editions/2026-03-03',
    unsubscribe: link('unsubscribe'),
    vote: link('vote'),
  };
}

/** Fills in by a template, and counts how often. */
function createCounted(template: (links: DigestLinks) => string[]) {
  let count = 0;
  const fill = (_from: unknown, links: DigestLinks) => {
    count += 1;
    return { subject: 'Subject', html: template(links).map(encode), text: ['text\r\n'] };
  };
  const encodeFor = createPlates(fill);
  const say = (id: string, editions = [edition]) =>
    encodeFor({ content, editions }, linksOf(id)).html.join('');
  const expected = (id: string) => template(linksOf(id)).map(encode).join('');
  return { say, expected, countFills: () => count };
}

const plain = ({ vote = '', unsubscribe = '' }: DigestLinks) => [
  '<a href="',
  vote,
  '">more</a>',
  vote,
  unsubscribe,
];

describe('what readers who get the same have in common', () => {
  it('is filled in for the first two, and kept for those that come', () => {
    const { say, expected, countFills } = createCounted(plain);
    for (const id of ['a', 'b', 'c', 'd', 'e']) expect(say(id)).toBe(expected(id));
    expect(countFills()).toBe(3);
  });

  it('is made anew for links of another length, and for an edition that was read anew', () => {
    const { say, expected, countFills } = createCounted(plain);
    for (const id of ['a', 'b', 'c']) say(id);
    for (const id of ['ab', 'cd']) expect(say(id)).toBe(expected(id));
    expect(countFills()).toBe(5);
    expect(say('d', [{ ...edition }])).toBe(expected('d'));
    expect(countFills()).toBe(7);
  });

  it.each<[string, (links: DigestLinks) => string[]]>([
    ['turns a link round', ({ vote = '' }) => [[...vote].reverse().join('')]],
    ['says where a link begins', ({ vote = '' }) => [vote.slice(0, 40)]],
    ['stands within other words', ({ vote = '' }) => [`<a href="${vote}">`]],
  ])('is nothing where a template %s', (_what, template) => {
    const { say, expected } = createCounted(template);
    for (const id of ['a', 'b', 'c', 'd', 'b']) expect(say(id)).toBe(expected(id));
  });
});
