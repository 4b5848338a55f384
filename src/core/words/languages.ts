/** The languages that readers are spoken to in: how each is called by its own, and whose dates and numbers it has. */
export const languages = {
  en: { name: 'English', locale: 'en-GB' },
  de: { name: 'Deutsch', locale: 'de-DE' },
} as const;

/** A language by its tag (RFC 5646). */
export type Language = keyof typeof languages;

/** All of them, in the order in which they are offered. */
export const allLanguages = Object.keys(languages) as readonly Language[];

/** Whether a text names a language that has a catalogue. */
export function isLanguage(text: string): text is Language {
  return Object.hasOwn(languages, text);
}
