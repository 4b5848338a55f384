/** A memory of parsed texts is emptied at so many: some megabytes. */
const MOST_PARSED = 10_000;

/** Parses JSON, a text that comes again only once: whoever has the same text has the same value. */
export function parseOnce<Value>(): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = JSON.parse(text) as Value;
    if (known.size >= MOST_PARSED) known.clear();
    known.set(text, value);
    return value;
  };
}
