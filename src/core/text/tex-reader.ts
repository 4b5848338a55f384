import { findMarks, type Marks } from './tex-marks.ts';
import {
  accentSymbol,
  accentText,
  doubleStrike,
  wrapCompound,
  writeRoot,
  writeScript,
} from './tex-scripts.ts';
import {
  ABBREVIATIONS,
  ACCENTS,
  FORMS,
  type Form,
  LETTERS,
  MATH_ACCENTS,
  SIGNS,
  SILENT,
  SYMBOLS,
  WORDS,
} from './tex-table.ts';

/** One pass over a text: commands, groups, scripts and formulas become Unicode. */
export function renderTex(source: string): string {
  return new Reader(source).read(source.length);
}

/** Deeper groups and arguments stay as written, so that no text exhausts the stack. */
const DEEPEST = 24;

/** Symbols that belong to what follows: `Δt`, `∇f`. */
const PREFIX = /[\p{Script=Greek}∂∇∀∃∄¬∠]/u;

/** Letters as words have them, none of the raised and lowered ones. */
const LETTERS_ONLY = /^[\p{Lu}\p{Ll}\p{Lo}]*$/u;

/** What follows the `C:` of a path. */
const DRIVE_PATH = /(?<=(?<![A-Za-z\d])[A-Z]:)\\[\w.-][\w.\\-]*(?![\w{])/y;

/** bioRxiv and Hugging Face write `{beta}` and `{approx}` for a symbol, but `{in}` is a word. */
function symbolInBraces(name: string): string | undefined {
  const symbol = SYMBOLS.get(name);
  return symbol && (name.length > 4 || /\p{Script=Greek}/u.test(symbol)) ? symbol : undefined;
}

/** Reads a text once from left to right: a pass is linear. */
class Reader {
  readonly #source: string;
  readonly #marks: Marks;
  #at = 0;
  #depth = 0;
  #isFormula = false;
  /** What the innermost `read` has shown so far. */
  #shown: string[] = [];

  constructor(source: string) {
    this.#source = source;
    this.#marks = findMarks(source);
  }

  read(end: number): string {
    const outer = this.#shown;
    this.#shown = [];
    while (this.#at < end) this.#step();
    const text = this.#shown.join('');
    this.#shown = outer;
    return text;
  }

  #step(): void {
    const sign = this.#source[this.#at] ?? '';
    const formula = this.#marks.formulas[this.#at];
    if (formula) {
      this.#isFormula = formula > 0;
      this.#at += Math.abs(formula);
    } else if (sign === '\\') this.#command();
    else if (sign === '{') this.#group();
    else if (sign === '^' || sign === '_') this.#script(sign);
    else if (sign === "'" && this.#isFormula) this.#show(this.#take(/'/y) && '′');
    else this.#show(this.#take(/[^\\{^_][^\\{}$^_']*/y));
  }

  #show(text: string): void {
    if (text) this.#shown.push(text);
  }

  /** What stands directly before: the last character shown, or a blank. */
  #before(): string {
    return this.#shown.at(-1)?.at(-1) ?? ' ';
  }

  #isGlued(): boolean {
    return /[\p{L}\p{N}\p{M})\]]/u.test(this.#before());
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#source)?.[0] ?? '';
    this.#at += text.length;
    return text;
  }

  #sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#source);
  }

  /** Reads the group at `{`, in prose or as a formula; undefined where none closes. */
  #braced(isFormula: boolean): string | undefined {
    const close = this.#source[this.#at] === '{' ? (this.#marks.closes[this.#at] ?? -1) : -1;
    if (close < 0 || this.#depth >= DEEPEST) return undefined;
    const outside = this.#isFormula;
    this.#isFormula = isFormula;
    this.#depth += 1;
    this.#at += 1;
    const text = this.read(close);
    this.#at = close + 1;
    this.#depth -= 1;
    this.#isFormula = outside;
    return text;
  }

  /** Reads a command's argument: a group, a command or one character; '' where none is. */
  #argument(isFormula: boolean): string {
    const group = this.#braced(isFormula);
    if (group !== undefined) return group;
    if (this.#marks.formulas[this.#at]) return '';
    if (!this.#sees(/\\[a-z]/iy) || this.#depth >= DEEPEST) return this.#take(/[^\\{}$^_\s]/uy);
    const outer = this.#shown;
    const outside = this.#isFormula;
    this.#shown = [];
    this.#isFormula = isFormula;
    this.#depth += 1;
    this.#command();
    this.#depth -= 1;
    this.#isFormula = outside;
    // A blank that ends the command's name ends a script too: `\max_\theta J`.
    while (isFormula && /\s/.test(this.#source[this.#at - 1] ?? '')) this.#at -= 1;
    const text = this.#shown.join('').trim();
    this.#shown = outer;
    return text;
  }

  #group(): void {
    const start = this.#at;
    const inner = this.#braced(this.#isFormula);
    const raw = this.#source.slice(start + 1, this.#at - 1);
    if (inner === undefined) this.#show(this.#take(/\{/y));
    else if (/^https?:\S+$/.test(inner)) this.#showLink(inner);
    else this.#show(symbolInBraces(raw) ?? (this.#onlyGroups(raw, inner) ? inner : `{${inner}}`));
  }

  /** Whether braces only group: those of `{B}ERT`, `{Deep nets}`, `{\o}`, not of `{0, 1}`. */
  #onlyGroups(raw: string, inner: string): boolean {
    if (this.#isFormula || inner !== raw) return true;
    if (LETTERS_ONLY.test(raw)) {
      return raw.length > 1 || this.#isGlued() || this.#sees(/[\p{Lu}\p{Ll}\p{Lo}^_]/uy);
    }
    return /^[\p{L}\p{N} .'-]+$/u.test(raw) && /[\p{Lu}\p{Ll}\p{Lo}]{2}/u.test(raw);
  }

  #showLink(link: string): void {
    const isRepeated = this.#shown.at(-1)?.endsWith(link);
    if (!isRepeated) this.#show(this.#isGlued() ? ` ${link}` : link);
  }

  #script(mark: '^' | '_'): void {
    const isPower = mark === '^' && /[\p{L}\p{N})\]}]/u.test(this.#before());
    this.#at += 1;
    if (this.#isFormula || this.#sees(/\{/y) || (isPower && this.#sees(/\\[a-z]/iy))) {
      this.#take(/\s+/y);
      const text = this.#argument(true);
      this.#show(text ? writeScript(mark, text) : this.#sees(/\{/y) ? mark : '');
    } else {
      // Outside of formulas `a_b` is a name; `n^2` and `10^-5` are powers.
      const power =
        isPower && this.#take(/[-+−]?\d+(?!\w|\.\d)|(?:[-+−*]|[A-Za-z])(?![\p{L}\p{N}_])/uy);
      this.#show(power ? writeScript('^', power) : mark);
    }
  }

  #command(): void {
    const path = !this.#isFormula && this.#take(DRIVE_PATH);
    if (path) {
      this.#show(path);
      return;
    }
    this.#at += 1;
    const name = this.#take(/[A-Za-z]+/y);
    if (name) this.#named(name);
    else this.#signed(this.#take(/[\s\S]/uy));
  }

  #signed(sign: string): void {
    // `it's` with its apostrophe escaped.
    const isGenitive =
      sign === "'" && /\p{L}/u.test(this.#before()) && this.#sees(/s(?![\p{L}}])/uy);
    if (!ACCENTS.has(sign)) this.#show(SIGNS.get(sign) ?? sign);
    else this.#show(isGenitive ? sign : accentText(sign, this.#argument(false)));
  }

  #named(name: string): void {
    const isFormula = this.#isFormula;
    const form = FORMS.get(name);
    const symbol = SYMBOLS.get(name);
    const letter = LETTERS.get(name);
    const abbreviation = ABBREVIATIONS.get(name);
    if (name === 'url' || name === 'href' || name === 'path') this.#link(name);
    else if (form) this.#form(name, form);
    else if (name === 'sqrt') this.#show(writeRoot(this.#option(), this.#spacedArgument(true)));
    else if (name === 'mathbb' || name === 'mathbbm' || name === 'mathds') {
      this.#show(doubleStrike(this.#spacedArgument(true)));
    } else if (name === 'textsuperscript' || name === 'textsubscript') {
      this.#show(writeScript(name === 'textsubscript' ? '_' : '^', this.#spacedArgument(false)));
    } else if (MATH_ACCENTS.has(name)) {
      this.#show(accentSymbol(name, this.#spacedArgument(isFormula)));
    } else if (ACCENTS.has(name) && !isFormula) {
      this.#show(accentText(name, this.#spacedArgument(false)));
    } else if (letter && !(isFormula && /^[ij]$/.test(name))) {
      this.#show(letter);
      this.#take(/\s+|\{\}/y);
    } else if (symbol) this.#symbol(symbol);
    else if (abbreviation) this.#abbreviation(abbreviation);
    else if (SILENT.has(name)) this.#take(/\s*\.(?=\S)|\s+|\{\}/y);
    else this.#word(name);
  }

  #symbol(symbol: string): void {
    const isGlued = this.#before().trim() !== '';
    this.#show(symbol);
    if (this.#take(/\{\}/y) || !this.#isFormula) return;
    if (isGlued) this.#take(/\s+/y);
    else if (PREFIX.test(symbol)) this.#take(/\s+(?=[a-z\d])/iy);
  }

  #abbreviation(text: string): void {
    this.#show(this.#isGlued() ? ` ${text}` : text);
    this.#take(/\{\}/y);
    this.#take(/\./y);
    if (this.#sees(/[\p{L}\p{N}($]|\\[a-z]/iuy)) this.#show(' ');
  }

  /** A named function, or a command that nobody knows: its name remains. */
  #word(name: string): void {
    const isKnown = WORDS.has(name) || this.#isFormula;
    if (!isKnown && /[\p{L}\p{N}]/u.test(this.#before()) && !this.#sees(/\{/y)) {
      // `AC\DC` and `DOMAIN\user` are no TeX.
      this.#show(`\\${name}`);
      return;
    }
    this.#show(this.#isGlued() ? ` ${name}` : name);
    this.#take(/\{\}/y);
    const argument = this.#sees(/\{/y) ? this.#braced(this.#isFormula) : undefined;
    if (argument) this.#show(` ${argument}`);
    else if (isKnown && this.#sees(/\\[a-z]/iy)) this.#show(' ');
  }

  #option(): string {
    return this.#take(/\[[^[\]{}\\$]{0,200}\]/y).slice(1, -1);
  }

  #spacedArgument(isFormula: boolean): string {
    const start = this.#at;
    this.#take(/\s+/y);
    const first = this.#at;
    const text = this.#argument(isFormula);
    if (this.#at === first) this.#at = start;
    return text;
  }

  #form(name: string, form: Form): void {
    const isFormula = !form.prose && (this.#isFormula || name === 'ensuremath');
    this.#take(/\*/y);
    while (this.#option());
    const isDropped = form.shown.trim() === '';
    const given: string[] = [];
    for (let count = 0; count < form.args; count += 1) {
      if (isDropped) given.push(this.#braced(false) ?? '');
      else given.push(this.#spacedArgument(isFormula));
    }
    const text = form.shown.replace(/([#@])(\d)/g, (_, mark: string, number: string) => {
      const argument = given[Number(number) - 1] ?? '';
      return mark === '@' ? wrapCompound(argument) : argument;
    });
    this.#show(text);
    if (isDropped) this.#trimBefore();
  }

  /** Where something was dropped before a blank or a stop, the blank before it goes too. */
  #trimBefore(): void {
    const last = this.#shown.at(-1);
    if (last === undefined || !this.#sees(/[\s.,;:)!?]|$/y)) return;
    this.#shown[this.#shown.length - 1] = last.replace(/(?<![\s~])[\s~]+$/, '');
  }

  /** An address stays as written, but for TeX's escapes. */
  #link(name: string): void {
    const start = this.#at;
    if (this.#braced(true) === undefined) {
      this.#word(name);
      return;
    }
    const raw = this.#source.slice(start + 1, this.#at - 1).trim();
    const link = raw.replace(/\\([%&_#~{}])/g, '$1');
    const label = name === 'href' ? this.#argument(false) : '';
    if (!label || label === link) this.#showLink(link);
    else this.#show(/^https?:/.test(label) ? label : `${label} (${link})`);
  }
}
