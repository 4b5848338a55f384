import { readKind, titleAbout } from '../../../src/core/paper/kind.ts';
import type { PaperKind } from '../../../src/core/paper/kinds.ts';

const kindOf = (title: string, sections: string[] = [], links: string[] = []) =>
  readKind({ title, sections, links }).kind;

describe('readKind', () => {
  const titles: Record<PaperKind, string[]> = {
    correction: [
      'Publisher Correction: Dust on window sills',
      'Author Correction: Rust in soup',
      'Erratum to: Moss on walls',
      'Erratum',
      'Corrigendum to “Moss on walls” [J. Moss 3 (2026) 1–9]',
      'Correction to “Moss on Walls”',
      'Correction: Moss on walls',
      'Correction for Example et al., Moss on walls',
      'Correction to Lancet 2026; 1: 2–3',
      'Department of Error',
      'Expression of Concern: Moss on walls',
      'Berichtigung zu: Moos auf Mauern',
      'Fe de erratas',
      '更正：苔藓',
    ],
    retraction: [
      'Retraction Note: Moss on walls',
      'RETRACTED: Moss on walls',
      'RETRACTED ARTICLE: Moss on walls',
      '[Retracted] Moss on walls',
      'Statement of Retraction: Moss on walls',
      'WITHDRAWN: Moss on walls',
      'Retraction',
      'Notice of Withdrawal: Moss',
    ],
    matter: [
      'Issue Information',
      'Editorial Board',
      'Table of Contents',
      'TCE volume 153 issue 6 Cover and Back matter',
      'Front Matter',
      'Cover Image',
      'Inside Front Cover: Moss on Walls (Adv. Moss 3/2026)',
      'Cover Feature: Moss (J. Moss 2/2026)',
      'Masthead',
      'Innehåll i Mosstidskriften vol. 142 (2026)',
      'Contents of Volume 12',
      'Call for Papers',
      'Acknowledgement to Reviewers',
      'About This Journal',
      'Inhaltsverzeichnis',
    ],
    editorial: [
      'Editorial',
      'Editorial: Moss',
      'Guest editorial',
      "Editor's note",
      'Foreword',
      'Vorwort',
    ],
    news: ['Obituary: Ann Example', 'Book Review: Walls', 'Research Highlights', 'News & Views'],
    review: [
      'Moss on walls: a systematic review and meta-analysis',
      'Moss on walls: A review',
      'Moss: scoping review of walls',
      'A survey',
      'Moss on walls: a survey',
    ],
    paper: [
      'Moss on walls',
      'Correction of spherical aberration by moss',
      'Corrections to scaling in moss',
      'Retraction of leaves at dusk',
      'Cover crops improve soil',
      'Contents of heavy metals in moss',
      'Editorial policies and their effects: ten years of moss',
      'News consumption and moss',
      'Reviewing moss',
      'Index of moss',
      'Withdrawn behaviour in young moss',
    ],
  };
  it.each(Object.entries(titles).flatMap(([kind, all]) => all.map((title) => [title, kind])))(
    '%s: %s',
    (title, kind) => {
      expect(kindOf(title)).toBe(kind);
    },
  );

  it.each([
    ['Front Matter', 'matter'],
    ['ISSUE INFORMATION', 'matter'],
    ['News &amp; Views', 'news'],
    ['Reviews', 'review'],
    ['Research Highlights', 'news'],
    ['Editorials', 'editorial'],
    ['Author Correction', 'correction'],
    ['RESEARCH ARTICLE', 'paper'],
    ['Ecology', 'paper'],
    ['', 'paper'],
  ])('section %j: %s', (section, kind) => {
    expect(kindOf('Moss on walls', [section])).toBe(kind);
  });

  it('knows news by its address, and a podcast by its sound', () => {
    expect(kindOf('Moss!', [], ['https://www.nature.com/articles/d41586-026-00001-1'])).toBe(
      'news',
    );
    expect(kindOf('Moss', [], ['https://www.nature.com/articles/s41586-026-00001-1'])).toBe(
      'paper',
    );
    expect(readKind({ title: 'Moss', sections: [], links: [], isHeard: true })).toEqual({
      kind: 'matter',
      why: 'a sound is attached to it, as to a podcast',
    });
  });

  it('believes a title that can be nothing else before a section', () => {
    expect(kindOf('Erratum to: Moss', ['Research Article'])).toBe('correction');
    expect(kindOf('Moss: a review', ['Editorial'])).toBe('editorial');
  });
});

describe('titleAbout', () => {
  it.each([
    ['Publisher Correction: Dust on window sills', 'Dust on window sills'],
    ['Retraction Note to: Moss on walls', 'Moss on walls'],
    ['RETRACTED ARTICLE: Moss on walls', 'Moss on walls'],
    ['[Retracted] Moss on walls', 'Moss on walls'],
    ['Correction to “Moss on Walls”', 'Moss on Walls'],
    ['Erratum to: Moss', 'Moss'],
    ['WITHDRAWN: Moss', 'Moss'],
    ['Statement of Retraction: Moss', 'Moss'],
    ['Corrigendum to “Moss on walls” [J. Moss 3 (2026) 1–9]', 'Moss on walls'],
    ['Correction for Example et al., Moss on walls', 'Moss on walls'],
    ['Erratum', undefined],
    ['Moss on walls', undefined],
  ])('%j is about %j', (title, about) => {
    expect(titleAbout(title)).toBe(about);
  });
});
