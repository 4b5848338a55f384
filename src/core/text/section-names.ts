/**
 * The names that abstracts give to their parts, in the languages met: medical journals (JAMA,
 * Lancet, BMJ, LWW), PLOS, OUP's Silverchair, medRxiv, SciELO and OJS. Regular expressions,
 * since a name has a plural or a companion (`Methods and Results`).
 */
const ENGLISH = [
  ...[
    'Aims?',
    'Aims? (?:and|&) Objectives?',
    'Background(?:(?: and| &)? (?:Aims?|Objectives?|Purpose)|\\/(?:Aims?|Objectives?|Purpose))?',
  ],
  ...['Introduction', 'Context', 'Importance', 'Rationale', 'Motivation', 'Hypothesis', 'Problem'],
  ...['Objectives?', 'Purpose(?: of (?:the )?Review)?', 'Goals?', 'Significance(?: Statement)?'],
  ...['Statement of (?:Problem|Significance)', 'Evidence Acquisition', 'Evidence Review'],
  ...[
    'Materials? (?:and|&) Methods?',
    'Patients? (?:and|&) Methods?',
    'Subjects (?:and|&) Methods?',
  ],
  ...[
    'Methods?(?: (?:and|&) (?:Results?|Materials?|Findings))?',
    'Methodology',
    'Experimental Design',
  ],
  ...[
    'Methodology\\/Principal Findings',
    'Design',
    'Study Design',
    'Design, Setting,? (?:and|&) Participants',
  ],
  ...['Setting', 'Participants', 'Patients', 'Interventions?', 'Exposures?', 'Measurements?'],
  ...['Main Outcomes?(?: (?:and|&) Measures?)?', 'Outcome Measures?', 'Approach', 'Data Sources?'],
  ...[
    '(?:Main |Key )?Results?(?: (?:and|&) (?:Conclusions?|Discussion))?',
    '(?:Principal |Recent |Key |Main )?Findings',
  ],
  ...['Search [Mm]ethods', 'Selection [Cc]riteria', 'Data [Cc]ollection (?:and|&) [Aa]nalysis'],
  "Authors?[’'] [Cc]onclusions?",
  ...['Evidence Synthesis', 'Discussion', 'Limitations?', 'Implications?', 'Interpretation'],
  ...[
    '(?:Discussion (?:and|&) )?Conclusions?(?: (?:and|&) (?:Relevance|Implications?|Significance))?',
  ],
  ...[
    'Conclusions?\\/Significance',
    'Author Summary',
    'Summary',
    'In Brief',
    'Lay Summary',
    'Key ?[Pp]oints',
  ],
  ...[
    'Highlights?',
    'Abbreviations',
    'Funding',
    '(?:Clinical )?Trial Registration',
    'Registration',
  ],
  ...[
    '(?:Practical|Social|Managerial) [Ii]mplications?',
    'Research [Ll]imitations(?:\\/[Ii]mplications)?',
    'Originality(?:\\/[Vv]alue)?',
    'Design\\/[Mm]ethodology\\/[Aa]pproach',
    'Relevance',
  ],
  ...[
    'Novelty',
    'Impact',
    'Level of Evidence',
    'Clinical Relevance',
    'Location',
    'Taxon',
    'Innovation',
    'Synthesis (?:and|&) [Aa]pplications',
    'Policy [Ii]mplications?',
  ],
];
const split = (names: string) =>
  names
    .split(/ \| |\n/)
    .map((name) => name.trim())
    .filter(Boolean);

/** German, French, Spanish and Portuguese, Italian and Swedish; then what OJS has in others. */
const OTHERS = split(`
  Hintergrund | Einleitung | Ziel(?:setzung)? | Fragestellung | Methodik | Methoden? | Ergebnisse?
  Schlussfolgerung(?:en)? | Fazit | Material und Methoden? | Diskussion
  Contexte | Objectifs? | Méthodes? | Matériels? et méthodes | Résultats? | Buts?
  Introducción | Antecedentes | Objetivos? | Métodos? | Material(?:es)? y métodos
  Metodología | Resultados? | Conclusión | Conclusiones | Discusión
  Introdução | Contexto | Métodos | Metodologia | Conclusão | Conclusões | Discussão
  Introduzione | Obiettiv[oi] | Metodi | Risultati | Conclusioni | Bakgrund | Metod | Slutsats
  【(?:背景|目的|方法|材料与方法|结果|結果|结论|結論|考察|意义)】
  Введение | Цель(?: [Ии]сследования)? | Материалы и методы | Методы | Результаты | Выводы | Заключение
  Вступ | Мета(?: [Дд]ослідження)? | Матеріали (?:та|і|й) методи | Методи | Результати | Висновки
  Latar Belakang | Tujuan(?: [Pp]enelitian)? | Metode(?: [Pp]enelitian)? | Hasil(?: [Pp]enelitian)?
  Kesimpulan | Simpulan | Giriş | Amaç | Gereç ve Yöntem(?:ler)? | Yöntem(?:ler)? | Bulgular
  Sonuç(?:lar)? | Tartışma | Wstęp | Wprowadzenie | Cel(?: [Pp]racy)? | Materiał i metody | Metody
  Wyniki | Wnioski | Úvod | Cíl(?: [Pp]ráce)? | Metodika | Výsledky | Závěr | Uvod | Cilj | Metode
  Rezultati | Zaključak | Bevezetés | Célkitűzés | Módszerek? | Eredmények | Következtetések?
  Introducere | Obiective? | Rezultate | Concluzii | Inleiding | Doel(?:stelling)? | Methoden
  Resultaten | Conclusie | Syfte | Resultat | Formål | Resultater | Konklusjon | Konklusion
  Σκοπός | Εισαγωγή | Μέθοδο[ιςσ] | Αποτελέσματα | Συμπεράσματα | Johdanto | Tulokset | Johtopäätökset
  مقدمه | زمینه و هدف | هدف | اهداف | روش(?:‌| )?ها | مواد و روش(?:‌| )?ها | روش | یافته(?:‌| )?ها
  نتایج | نتیجه(?:‌| )?گیری | المقدمة | الأهداف | الهدف | المنهجية | النتائج | الخلاصة | الاستنتاجات
  배경 | 목적 | 연구목적 | 방법 | 연구방법 | 결과 | 연구결과 | 결론
`);
/** `English Abstract`, as SSRN and SciELO set one language before the other. */
const SUMMARIES = split(String.raw`
  (?:\p{Lu}\p{Ll}{3,12} )?(?:Abstract|Summary) | Zusammenfassung | Kurzfassung
  Resumen | Resumo | Résumé | Resumé | Resum | Riassunto | Rezumat | Samenvatting
  Sammanfattning | Sammendrag | Tiivistelmä | Streszczenie | Abstrakt | Absztrakt | Összefoglal(?:ó|ás)
  Sažetak | Izvleček | Povzetek | Сажетак | Апстракт | Аннотация | Реферат | Резюме | Анотація | Анатацыя
  Santrauka | Kopsavilkums | Kokkuvõte | Özet | Öz | Abstrak | Intisari | Ringkasan | Tóm tắt
  Περίληψη | (?:ال)?ملخص(?: البحث)? | (?:ال)?مستخلص | چکیده | خلاصه | תקציר | บทคัดย่อ | सार(?:ांश)?
  (?:中文)?摘要 | 要旨 | 要約 | 抄録 | 概要 | (?:국문|한글)?초록 | 요약 | 요 약
`);

/** Any name of a part, as the source of a regular expression with the flag `u`. */
export const SECTION_NAME = anyCase([...ENGLISH, ...OTHERS, ...SUMMARIES]);
/** A name of the whole abstract. */
export const ABSTRACT_NAME = anyCase(SUMMARIES);

/** The longest first; a name begins with a capital, its other words may, as may all its letters. */
function anyCase(names: readonly string[]): string {
  return names
    .toSorted((a, b) => b.length - a.length)
    .map((name) =>
      name.replace(/\\p\{\w+\}|\\.|\[[^\]]*\]|\p{Ll}|(?<=[ /])\p{Lu}/gu, (piece) =>
        /^\p{L}$/u.test(piece) ? `[${piece.toLowerCase()}${piece.toUpperCase()}]` : piece,
      ),
    )
    .join('|');
}
