/** A function of an object that is asked for it often and never changes: worked out once. */
export function rememberByObject<Given extends object, Made>(
  make: (given: Given) => Made,
): (given: Given) => Made {
  const known = new WeakMap<Given, { readonly made: Made }>();
  return (given) => {
    const kept = known.get(given) ?? { made: make(given) };
    known.set(given, kept);
    return kept.made;
  };
}

const MOST_REMEMBERED = 2_000;

/** A function of a few plain values that gives the same for the same, and is asked for few at a time: beyond `most` it forgets. */
export function remember<Given extends readonly (string | number | boolean | undefined)[], Made>(
  make: (...given: Given) => Made,
  most = MOST_REMEMBERED,
): (...given: Given) => Made {
  const known = new Map<string, Made>();
  return (...given) => {
    const key = given.join('\0');
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const made = make(...given);
    if (known.size >= most) known.clear();
    known.set(key, made);
    return made;
  };
}
