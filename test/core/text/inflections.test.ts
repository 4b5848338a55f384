import { inflectionsOf } from '../../../src/core/text/inflections.ts';

describe('the inflections of a word', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    // typed, forms of it, other words
    ['bias', 'bias biases biased', 'bia'],
    ['biases', 'bias biases', 'biase'],
    ['news', 'news', 'new'],
    ['generic', 'generic generics', 'general generate genericity'],
    ['use', 'use uses used using', 'us useful user'],
    ['us', 'us', 'use uses'],
    ['model', 'model models modeled modelled modeling modelling', 'modest'],
    ['models', 'model models modelling', 'mode'],
    ['plan', 'plan plans planned planning', 'plane planing'],
    ['study', 'study studies studied studying', 'student'],
    ['studies', 'study studies', 'studio'],
    ['loss', 'loss losses', 'los'],
    ['class', 'class classes', 'clas'],
    ['analysis', 'analysis analyses', 'analysi analyst'],
    ['analyses', 'analysis analyses', 'analyst'],
    ['corpus', 'corpus corpuses', 'corpu'],
    ['viruses', 'virus viruses', 'viral'],
    ['cases', 'case cases', 'casino'],
    ['matrices', 'matrix matrices', 'mattress'],
    ['index', 'index indices indexes indexed', 'indigo'],
    ['stimuli', 'stimulus stimuli', 'stimulate'],
    ['bacterium', 'bacterium bacteria', 'bacterial'],
    ['phenomena', 'phenomenon phenomena', 'phenomenal'],
    ['mouse', 'mouse mice', 'mic'],
    ['physics', 'physics', 'physic'],
    ['fee', 'fee fees', 'feed'],
    ['poker', 'poker pokers', 'poke pokerish'],
  ];
  it.each(cases)('of %s are %s, not %s', (word, forms, others) => {
    const found = inflectionsOf(word);
    expect(forms.split(' ').filter((form) => !found.has(form))).toEqual([]);
    expect(others.split(' ').filter((other) => found.has(other))).toEqual([]);
  });

  it('knows none of what is no word', () => {
    for (const text of ['', 'gpt4', '42', 'ab']) expect([...inflectionsOf(text)]).toEqual([text]);
  });
});
