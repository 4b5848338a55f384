import type { ScholarKind } from './alert.ts';

/** What stands around the words of an alert in a subject, by language. Source: mails of 2013 to 2026. */
const FRAMES: readonly RegExp[] = [
  /^Scholar Alert - (?<about>.+?)(?: - new articles)?$/i,
  /^(?<about>.+?) - new (?:articles|citations|related research|results)$/i,
  /^\d+ new citations? to articles by (?<about>.+)$/i,
  /^\d+ new citations? to (?<about>your articles)$/i,
  /^(?<about>.+?)\s?– de nouveaux résultats sont disponibles$/i,
  /^(?<about>.+?) - (?:新しい(?:論文|引用|結果)|関連する新しい研究)$/,
  /^(?<about>自分の(?:プロフィールの新しい)?論文)(?:からの引用: \d+ 件)?$/,
  /^(?<about>.+?) さんの論文からの引用: \d+ 件$/,
  /^Новые статьи(?: пользователя|, связанные с работами автора) (?<about>.+)$/,
  /^Новые результаты по запросу (?<about>.+)$/,
  /^Новые ссылки на (?<about>мои статьи)$/,
  /^(?<about>.+?): новые ссылки$/,
  /^What['’]s new for ['‘](?<about>.+?)['’] in PubMed$/i,
  /^(?:Early View|New Articles|Table of Contents|Saved Search|Article Event) Alert:\s*(?<about>.+)$/i,
  /^These new articles for (?<about>.+?) are available online\.?$/i,
  /^New search results for (?<about>.+)$/i,
  /^(?<about>.+?) (?:Online Now E-mail Alert\b.*|Contents: .*)$/i,
  /^(?<about>[^:]+?)\s?: (?:Alert|Volume|[A-Z][a-z]+ \d{1,2}, \d{4})\b.*$/,
  /^(?<about>Nature) alert for .+$/i,
  /^(?<about>.+?) (?:Subject Collection Alert|daily .*)$/i,
];

const FORWARDED = /^(?:(?:fwd?|wg|tr|rv|i|enc|vs|vb|doorst|转发|轉寄|転送)\s?[:：]\s*)+/i;
/** A query's languages and its fields, as Scholar writes them behind it. */
const SETTINGS = /\s*[;；]\s*(?:language|言語|язык|langue|idioma|sprache)s?\s?[:：].*$/i;

/** What an alert is of, as its subject says: the reader's query, a journal, a name. */
export function readAbout(subject: string): string {
  const own = subject.replace(/\s+/g, ' ').trim().replace(FORWARDED, '');
  const about = FRAMES.map((frame) => frame.exec(own)?.groups?.['about']).find(Boolean) ?? own;
  const bare = about.replace(SETTINGS, '').trim();
  const [, quoted] = /^[[「“"«](.+)[\]」”"»]$/.exec(bare) ?? [];
  return quoted && !/["“”]/.test(quoted) ? quoted.replace(SETTINGS, '').trim() : bare;
}

/** What a Scholar alert is, by its subject, for mails whose links do not say: those before 2022. */
const SCHOLAR_KINDS: readonly (readonly [kind: ScholarKind, words: RegExp])[] = [
  ['citations', /\bnew citations?\b|からの引用|新しい引用|новые ссылки/i],
  ['related', /new related research|関連する新しい研究|связанные с работами/i],
  ['articles', /\bnew articles\b|新しい論文|новые статьи/i],
  ['query', /\bnew results\b|新しい結果|новые результаты|nouveaux résultats/i],
];

/** What a Scholar alert is by its subject. */
export function readScholarKind(subject: string): ScholarKind {
  return SCHOLAR_KINDS.find(([, words]) => words.test(subject))?.[0] ?? 'other';
}
