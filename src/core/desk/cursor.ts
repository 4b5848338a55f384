/** Where a page of a list ends: the place of its last row in the list's order. */
export type Place = readonly (string | number)[];

/** Writes a place of one list as text that says nothing to whoever gets it. */
export function buildCursor(list: string, place: Place): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString('base64url');
}

/** The place that a cursor of this list speaks of; undefined where it is of another list, or none. */
export function parseCursor(list: string, text: string): Place | undefined {
  try {
    const [name, ...place] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const isPlace = name === list && place.length > 0 && place.every(isPart);
    return isPlace ? place : undefined;
  } catch {
    // Not JSON, or no list: it is no cursor.
    return undefined;
  }
}

function isPart(part: unknown): part is string | number {
  return typeof part === 'string' || Number.isSafeInteger(part);
}
