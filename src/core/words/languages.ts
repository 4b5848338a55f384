/** The languages that readers are spoken to in: how each is called by its own, and whose dates and numbers it has. */
export const languages = {
  en: { name: 'English', locale: 'en-GB' },
  de: { name: 'Deutsch', locale: 'de-DE' },
} as const;

/** A language by its tag (RFC 5646). */
export type Language = keyof typeof languages;

/** All of them, in the order in which they are offered. */
export const allLanguages = Object.keys(languages) as readonly Language[];

/**
 * The language that a file names, by a tag (RFC 5646) such as `de`, `de-AT` or `de_DE`, or by what its
 * speakers call it; undefined where it has no catalogue.
 */
export function readLanguage(text: string): Language | undefined {
  const said = text.trim().toLowerCase();
  const [tag] = said.split(/[-_]/);
  return allLanguages.find((each) => each === tag || languages[each].name.toLowerCase() === said);
}

/** Whether a text names a language that has a catalogue. */
export function isLanguage(text: string): text is Language {
  return Object.hasOwn(languages, text);
}
