import { writePlain } from '../text/plain-letters.ts';

const GREEK: Readonly<Record<string, string>> = Object.fromEntries(
  `α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu
  ξ xi ο omicron π pi ρ rho σ sigma ς sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega`
    .split(/\s+/)
    .flatMap((word, at, all) => (at % 2 === 0 ? [[word, all[at + 1] ?? '']] : [])),
);

/**
 * A text as it is compared: lower case, no accents, figures above and below the line as figures. Greek
 * letters that stand alone or in twos have their names, parted by a hyphen (`TGF-β1`: `tgf-beta-1`);
 * longer runs are words of Greek.
 */
export function foldWord(text: string): string {
  return writePlain(text.normalize('NFKD').toLowerCase())
    .replace(/\p{M}+/gu, '')
    .replace(/\p{Script=Greek}+/gu, (run) =>
      run.length > 2 ? run : `-${Array.from(run, (letter) => GREEK[letter] ?? letter).join('-')}-`,
    )
    .normalize('NFC');
}
