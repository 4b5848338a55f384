import { readKind, saysWithdrawn, titleAbout } from '../../../src/core/paper/kind.ts';
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
      'Erratum for the Research Article “Moss on walls” by A. Example et al.',
      'Correction to the Report “Moss on walls”',
      'Incorrect Affiliation',
      'Omitted Conflict of Interest Disclosures',
      'Incorrect Units in Table 2',
      'Исправление к статье о мхе',
      'Moss on walls (Corrigendum)',
      '更正：苔藓',
      "Publisher's Note: Moss on walls [Moss Rev. X 7, 020330 (2026)]",
      'Korrektur: Moos',
      'Correctif : La mousse',
      '正誤表',
      'Düzeltme: Yosun',
      'Correction to Supporting Information for Moss',
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
      'Retraction of the Research Article: Moss on walls',
      'Retraction for Example et al., Moss on walls',
      'Notice of Retraction and Replacement. Example et al. Moss',
      'Temporary Removal: Moss',
      'Retracción: Musgo',
      'Отзыв статьи: Мох',
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
      'Author Index Vol. 12, 2026',
      'INDEX (Volume 31)',
      'Front Matter: Volume 12000',
      'Notes on Contributors',
      'About the Cover: Moss',
      'Audio Highlights',
      'In This Issue of Moss',
      'Cover Image, Volume 12, Issue 3',
      'Titelbild: Moos',
      'Contents: Adv. Moss 3/2026',
      'Reviewer Acknowledgement 2025',
      'Thank You to Our 2025 Reviewers',
      'Sumario',
      'Содержание',
      '瓦片研究第37卷总目次',
      'İçindekiler',
      'Editorial Board and Table of Contents',
      'Call for Papers: Special Issue on Moss',
      'Graphical Abstract: Moss (Walls 3/2026)',
      'Backmatter of Moss Vol. 94 Iss. 1',
      'Turnaround Time',
      'Recent Referees',
      'Publications Received',
    ],
    editorial: [
      'Editorial',
      'Editorial: Moss',
      'Guest editorial',
      "Editor's note",
      'Foreword',
      'Reply to Example et al.: Moss is wet',
      "Authors' response",
      'In Reply',
      'Vorwort',
      'Presentación',
      'От редакции',
      '编者按',
      '編集後記',
      'Geleitwort',
      'Önsöz',
      'Invited commentary: Moss',
      'Response to “Moss on walls”',
    ],
    news: [
      'News at a glance',
      'In Other Journals',
      'QnAs with Ann Example',
      'Profile of Ann Example',
      'Rezension: Mauern',
      'Reseña: Muros',
      'Comptes rendus',
      'Walls: A History by Ann Example (review)',
      'Obituary: Ann Example',
      'Book Review: Walls',
      'Research Highlights',
      'News & Views',
      'Recensione: Muschio',
      '书评：苔藓',
      'Рецензия на книгу: Мох',
      'Некролог',
      'Buchrezension: Moos',
      'Interview: Ann Example',
    ],
    review: [
      'Moss on walls: a systematic review and meta-analysis',
      'Moss on walls: A review',
      'Moss: scoping review of walls',
      'A survey',
      'Moss on walls: a survey',
      'A systematic review of moss on walls',
      'Moss: a scoping review of the literature',
      'Musgo: uma revisão sistemática',
      'Moss: Review',
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
      'Incorrect use of contingency tables',
      'Response to drought of moss',
      'Highlights from moss experiments',
      'Index of volume change in moss',
      'Q&A over moss: a benchmark',
      'Profile of patients with moss',
      'Comment on “Moss on walls”',
      'Errata in ancient texts',
      'Books received as gifts',
      'Содержание свинца во мху',
      '关于苔藓更正方法的研究',
      'Job advertisements and moss',
      'Withdrawal of moss from markets',
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
    ['News &amp; Analysis', 'news'],
    ['Q&amp;A', 'news'],
    ['Book', 'paper'],
    ['Views And Reviews', 'editorial'],
    ['Retracted Publication', 'retraction'],
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

  it('takes what has the name of its journal for none of its papers', () => {
    const signs = { title: 'Moss', sections: [], links: [] };
    expect(readKind({ ...signs, journals: ['Moss'] }).kind).toBe('matter');
    expect(readKind({ ...signs, journals: ['', 'Moss and Walls'] }).kind).toBe('paper');
  });

  it('knows a film by its address', () => {
    expect(kindOf('Moss', [], ['https://www.youtube.com/watch?v=1'])).toBe('news');
  });

  it('believes a title that can be nothing else before a section', () => {
    expect(kindOf('Erratum to: Moss', ['Research Article'])).toBe('correction');
    expect(kindOf('Moss: a review', ['Editorial'])).toBe('editorial');
  });
});

describe('saysWithdrawn', () => {
  it.each([
    'This paper has been withdrawn by the author due to a crucial error in equation 3',
    'This submission has been withdrawn by arXiv administrators',
    'arXiv admin note: This submission has been withdrawn',
    'Withdrawn',
    'Withdrawn due to an error in Lemma 2',
    'Paper withdrawn: the proof has a gap',
    'The authors have withdrawn this manuscript',
    'This article has been retracted by the publisher.',
  ])('%j', (text) => {
    expect(saysWithdrawn(text)).toBe(true);
  });
  it.each([
    '12 pages; replaces the withdrawn arXiv:2601.00001',
    'Withdrawn moss grows again.',
    'We study papers that were withdrawn.',
    'This paper studies withdrawn moss.',
    'This paper is about moss. It has been withdrawn from walls.',
    '',
  ])('not %j', (text) => {
    expect(saysWithdrawn(text)).toBe(false);
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
    ['Erratum for the Research Article “Moss on walls” by A. Example et al.', 'Moss on walls'],
    ['Retraction of the Research Article: Moss on walls', 'Moss on walls'],
    ['Retraction for Example et al., Moss on walls', 'Moss on walls'],
    ['Moss on walls (Corrigendum)', 'Moss on walls'],
    [
      'Notice of Retraction and Replacement. Example et al. Moss on walls. JAMA. 2026;3(4):12',
      'Moss on walls',
    ],
    ['Erratum', undefined],
    ['Moss on walls', undefined],
  ])('%j is about %j', (title, about) => {
    expect(titleAbout(title)).toBe(about);
  });
});
