import { listSlots, type Text } from '../../../src/core/words/catalogue.ts';
import { en } from '../../../src/core/words/en.ts';
import { putWords } from '../../../src/core/words/fill-templates.ts';
import { allLanguages, languages } from '../../../src/core/words/languages.ts';
import { english, type WordKey, wordsOf } from '../../../src/core/words/words.ts';

const keys = Object.keys(en) as WordKey[];
const formsOf = (text: Text) => (typeof text === 'string' ? [text] : Object.values(text));
const german = wordsOf('de');

describe.each(allLanguages)('the catalogue in %s', (language) => {
  const words = wordsOf(language);

  it('has each text with the slots and marks of the English one', () => {
    const slots = (of: typeof words) =>
      keys.map((key) => `${key}: ${listSlots(of.textOf(key)).join(' ')}`);
    expect(slots(words)).toEqual(slots(english));
  });

  it('has a plural where English has one, in every form that the language tells apart', () => {
    const { locale } = languages[language];
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
    for (const key of keys) {
      const text: Text = words.textOf(key);
      expect([key, typeof text]).toEqual([key, typeof en[key]]);
      const forms = typeof text === 'string' ? [...pluralCategories] : Object.keys(text);
      expect([key, forms.sort()]).toEqual([key, [...pluralCategories].sort()]);
    }
  });

  it('holds nothing that HTML or a template would take for its own', () => {
    // What is wrong with what was typed is no part of a template.
    for (const key of keys.filter((each) => !each.startsWith('fault.'))) {
      for (const form of formsOf(words.textOf(key))) {
        expect([key, form.replace(/<\/?\w+>/g, '')]).toEqual([
          key,
          expect.stringMatching(/^[^<>&"\n]+$/),
        ]);
        expect([key, form]).toEqual([key, expect.not.stringMatching(/\{\{|\}\}|'|!/)]);
      }
    }
  });

  it('names itself', () => {
    expect(words.say('language')).toBe(language);
  });
});

describe('words', () => {
  it('are said with their slots, numbers and dates as the language writes them', () => {
    expect(english.say('papers', { count: 1 })).toBe('1 paper');
    expect(english.say('papers', { count: 12_000 })).toBe('12,000 papers');
    expect(german.say('papers', { count: 12_000 })).toBe('12.000 Arbeiten');
    expect(english.date('2025-05-07')).toBe('Wednesday, 7 May 2025');
    expect(german.date('2025-05-07')).toBe('Mittwoch, 7. Mai 2025');
    expect(german.shortDate('2025-05-07')).toBe('7. Mai 2025');
    expect(german.month('2025-05')).toBe('Mai 2025');
    expect(german.weekday(7, 'long')).toBe('Sonntag');
    expect(english.join(['a', 'b', 'c'])).toBe('a, b and c');
    expect(german.join(['a', 'b'])).toBe('a und b');
  });

  it('begin a sentence with a capital where the slot does', () => {
    const said = { count: 4, number: english.numeral(4) };
    expect(english.say('reason.readers', said)).toBe('Four readers here voted for it.');
    expect(german.say('reason.readers', { count: 4, number: german.numeral(4) })).toBe(
      'Hier haben vier Leute dafür gestimmt.',
    );
  });
});

it('what core says of what was typed is known by its English text, with what stands in it', () => {
  expect(german.translate('Choose at least one day.')).toBe('Wählen Sie mindestens einen Tag.');
  expect(german.translate('A topic has at most 80 characters.')).toBe(
    'Ein Thema hat höchstens 80 Zeichen.',
  );
  expect(german.translate('Review')).toBe('Übersichtsarbeit');
  expect(german.translate('Something else.')).toBe('Something else.');
});

describe('a template', () => {
  const html = { isPlain: false, isKept: false, path: '/de' };
  const kept = { isPlain: true, isKept: true, path: '' };

  it('gets the words of a language, its variables in their slots', () => {
    const template = '<p>{{t "digest.subscribeTo" site=sender.siteName}}</p>';
    expect(putWords(template, german, html)).toBe('<p>{{sender.siteName}} abonnieren</p>');
    expect(putWords('{{T "digest.rising"}}', german, kept)).toBe('IM AUFWIND');
    expect(putWords(`<html lang="{{t 'language'}}">`, german, html)).toBe('<html lang="de">');
  });

  it('says the attributes of a mark, which a plain text leaves out', () => {
    const marker = `{{t "notice.answer" contact=c a='href="mailto:{{c}}"'}}`;
    expect(putWords(marker, english, html)).toContain('<a href="mailto:{{c}}">{{c}}</a>.');
    expect(putWords(marker, english, kept)).toContain('it goes to {{c}}.');
  });

  it('leaves a variable in an attribute as it stands, escaped, where a slot has its name', () => {
    const marker = `{{t "leave.else" contact=contact a='href="mailto:{{contact}}"'}}`;
    expect(putWords(marker, english, html)).toContain(
      '<a href="mailto:{{contact}}">{{contact}}</a>',
    );
  });

  it('says where its own pages are', () => {
    expect(putWords(`<a href="{{t 'path'}}/search">`, german, html)).toBe('<a href="/de/search">');
    const marker = `{{t "prefs.see" a='href="{{t "path"}}/x"'}}`;
    expect(putWords(marker, english, html)).toBe(
      '<a href="/de/x">See what it would have been</a>.',
    );
  });

  it('chooses a plural when it is filled, but not where older processes fill it', () => {
    const marker = '{{t "papers" count=paperCount}}';
    expect(putWords(marker, german, html)).toBe(
      '{{plural paperCount "de" one="{count} Arbeit" other="{count} Arbeiten"}}',
    );
    expect(putWords(marker, german, kept)).toBe(marker);
  });

  it('keeps a marker that has no text, or other slots, which is its fault then', () => {
    for (const marker of ['{{t "digest.no"}}', '{{t "digest.rising" count=n}}', '{{t "andMore"}}'])
      expect(putWords(marker, english, html)).toBe(marker);
  });
});
