/**
 * What a text of a catalogue is: words with slots in braces. `{Name}` is `{name}` with a capital;
 * `<b>` and the like are marks of HTML, whose attributes a template may say.
 */
export type Text = string | Plural;

/** A text for each number that a language tells apart (Unicode CLDR), by the slot `count`. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & {
  readonly other: string;
};

/** The slots of a text and the names of its marks, each once, in order. */
export function listSlots(text: Text): string[] {
  const forms = typeof text === 'string' ? [text] : Object.values(text);
  const names = forms.flatMap((form) =>
    Array.from(form.matchAll(/\{(\w+)\}|<(\w+)>/g), ([, slot, mark]) =>
      slot ? lowerFirst(slot) : `<${mark}>`,
    ),
  );
  return [...new Set(names)].sort();
}

/** A text with what stands in its slots; one that nobody fills stays as it is. */
export function fillSlots(text: string, find: (slot: string) => string | undefined): string {
  return text.replace(/\{(\w+)\}/g, (whole, slot: string) => {
    const name = lowerFirst(slot);
    const value = find(name);
    if (value === undefined) return whole;
    return name === slot ? value : value.charAt(0).toUpperCase() + value.slice(1);
  });
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
