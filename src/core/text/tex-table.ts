/**
 * What the converter knows of TeX, as data: each list is `name shown` pairs by spaces.
 * Sources: The TeXbook appendix F, the LaTeX symbol tables of amssymb and textcomp, and
 * the Unicode code charts.
 */

/** What a command with arguments shows. */
export interface Form {
  readonly args: number;
  /** `#1` is the first argument, `@1` the same in parentheses where it is compound. */
  readonly shown: string;
  /** The arguments are prose even where the command stands in a formula. */
  readonly prose: boolean;
}

/** Text accents by the sign or letter of their command, as combining marks. */
export const ACCENTS = pairs(
  '` \u0300 \' \u0301 ^ \u0302 ~ \u0303 = \u0304 u \u0306 . \u0307 " \u0308 ' +
    'r \u030a H \u030b v \u030c d \u0323 c \u0327 k \u0328 b \u0331 t \u0361 h \u0309',
);

/** Accents of formulas by name, as combining marks. */
export const MATH_ACCENTS = pairs(
  'grave \u0300 acute \u0301 hat \u0302 widehat \u0302 tilde \u0303 widetilde \u0303 ' +
    'bar \u0304 breve \u0306 dot \u0307 ddot \u0308 check \u030c vec \u20d7 not \u0338 ' +
    'mathring \u030a',
);

/** Letters that TeX spells as commands; they swallow the blank behind them. */
export const LETTERS = pairs(
  'o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å ss ß SS ẞ i ı j ȷ dh ð DH Ð th þ TH Þ ' +
    'dj đ DJ Đ ng ŋ NG Ŋ',
);

/** Commands of one sign; any other sign behind a backslash shows itself. */
export const SIGNS = new Map([
  ...[',', ';', ':', '>', ' ', '\n', '\t', '\\'].map((sign): [string, string] => [sign, ' ']),
  ...['!', '/', '-', '@'].map((sign): [string, string] => [sign, '']),
  ['|', '‖'],
]);

/** Symbols. In a formula the blank that only ends their name is dropped. */
export const SYMBOLS = new Map([
  ...pairs(`
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ
    iota ι kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ
    sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    times × div ÷ pm ± mp ∓ cdot · ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗
    oslash ⊘ dagger † dag † ddagger ‡ ddag ‡ wedge ∧ land ∧ vee ∨ lor ∨ cap ∩ cup ∪
    sqcup ⊔ sqcap ⊓ uplus ⊎ setminus ∖ backslash ∖ textbackslash ∖ wr ≀ amalg ⨿ rtimes ⋊
    ltimes ⋉ bowtie ⋈ triangle △ triangleq ≜ bigtriangleup △ diamond ⋄ Box □ square □
    le ≤ leq ≤ leqslant ≤ leqq ≤ ge ≥ geq ≥ geqslant ≥ geqq ≥ ne ≠ neq ≠ ll ≪ gg ≫ lll ⋘
    ggg ⋙ lt < gt > approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ asymp ≍ doteq ≐ prec ≺
    succ ≻ preceq ⪯ succeq ⪰ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ coloneqq ≔ colon :
    in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ subsetneq ⊊ supset ⊃ supseteq ⊇ mid ∣ nmid ∤
    parallel ∥ perp ⊥ bot ⊥ top ⊤ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ Vdash ⊩ smile ⌣ frown ⌢
    to → rightarrow → longrightarrow ⟶ gets ← leftarrow ← longleftarrow ⟵ leftrightarrow ↔
    longleftrightarrow ⟷ Rightarrow ⇒ Longrightarrow ⟹ implies ⟹ Leftarrow ⇐ Longleftarrow ⟸
    impliedby ⟸ Leftrightarrow ⇔ Longleftrightarrow ⟺ iff ⟺ mapsto ↦ longmapsto ⟼ uparrow ↑
    downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖
    hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ leftharpoonup ↼ rightleftharpoons ⇌
    rightrightarrows ⇉ leadsto ⇝ rightsquigarrow ⇝ twoheadrightarrow ↠ circlearrowleft ↺
    sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁
    bigotimes ⨂ bigvee ⋁ bigwedge ⋀ bigsqcup ⨆ bigodot ⨀ infty ∞ partial ∂ nabla ∇ forall ∀
    exists ∃ nexists ∄ emptyset ∅ varnothing ∅ neg ¬ lnot ¬ prime ′ angle ∠ ell ℓ hbar ℏ
    hslash ℏ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ imath ı jmath ȷ complement ∁ surd √ therefore ∴
    because ∵ qed ∎ blacksquare ■ checkmark ✓ cmark ✓ xmark ✗ sharp ♯ flat ♭ natural ♮
    langle ⟨ rangle ⟩ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ lVert ‖ rVert ‖ Vert ‖ vert |
    lvert | rvert | lbrace { rbrace } lbrack [ rbrack ] dots … ldots … textellipsis … dotsc …
    dotsb ⋯ dotsm ⋯ cdots ⋯ vdots ⋮ ddots ⋱ degree ° degrees ° textdegree ° celsius °C angstrom Å
    textmu µ micro µ ohm Ω textohm Ω copyright © textcopyright © textregistered ®
    texttrademark ™ pounds £ textsterling £ euro € texteuro € EUR € textyen ¥ S § P ¶
    textsection § textparagraph ¶ textbullet • textperiodcentered · textdagger †
    textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” lq ‘ rq ’
    textquotesingle ' textquotedbl " guillemotleft « guillemotright » endash – textendash –
    emdash — textemdash — textasciitilde ~ textasciicircum ^ textunderscore _ textless <
    textgreater > textbar | textdollar $ textpm ± texttimes × textonehalf ½
    textordfeminine ª textordmasculine º astrosun ☉ odot ⊙`),
  ...['quad', 'qquad', 'space', 'enspace', 'thinspace', 'newline', 'linebreak', 'par'].map(
    (name): [string, string] => [name, ' '],
  ),
]);

/** Names that are read as words of their own and keep a blank to each side. */
export const WORDS = new Set(
  `arccos arcsin arctan arg argmax argmin bmod cos cosh cot coth csc deg det dim exp gcd hom inf
  ker lg lim liminf limsup ln log max min mod Pr sec sin sinh sup tan tanh`.split(/\s+/),
);

/** Authors' shorthands for Latin abbreviations. */
export const ABBREVIATIONS = new Map([
  ...pairs(`eg e.g. Eg E.g. ie i.e. Ie I.e. cf cf. Cf Cf. etc etc. vs vs. wrt w.r.t. aka a.k.a.
    viz viz. iid i.i.d. resp resp. dof d.o.f.`),
  ['etal', 'et al.'],
]);

/** Switches and spacing that show nothing; they swallow the blank behind them. */
export const SILENT = new Set(
  `bf it em rm sc tt sl sf cal bfseries itshape scshape ttfamily rmfamily sffamily upshape
  mdseries slshape normalfont tiny scriptsize footnotesize small normalsize large Large LARGE
  huge Huge centering raggedright noindent indent displaystyle textstyle scriptstyle
  scriptscriptstyle limits nolimits left right middle big Big bigg Bigg bigl bigr Bigl Bigr
  biggl biggr Biggl Biggr bigm Bigm allowbreak nobreak protect relax xspace item hfill vfill
  smallskip medskip bigskip maketitle ignorespaces unskip boldmath unboldmath newpage clearpage
  nonumber notag hline null strut mathstrut`.split(/\s+/),
);

const FORM_LISTS: readonly [shown: string, args: number, names: string][] = [
  [
    '#1',
    1,
    `mathbf mathcal mathscr mathfrak mathit mathsf mathtt boldsymbol bm pmb mathop mathrel mathbin
    mathord overline underline widebar overbrace underbrace overrightarrow overleftarrow
    ensuremath substack boxed cancel smash vphantom`,
  ],
  ['', 1, 'phantom hphantom tag vspace hspace vskip hskip'],
  ['@1/@2', 2, 'frac tfrac dfrac cfrac nicefrac sfrac'],
  ['(#1 choose #2)', 2, 'binom tbinom dbinom'],
  ['(mod #1)', 1, 'pmod'],
  ['#2', 2, 'overset underset stackrel xrightarrow'],
  ['|#1|', 1, 'abs'],
  ['‖#1‖', 1, 'norm'],
  ['|#1⟩', 1, 'ket'],
  ['⟨#1|', 1, 'bra'],
];

const PROSE_LISTS: typeof FORM_LISTS = [
  [
    '#1',
    1,
    `emph textbf textit texttt textsc textsf textsl textup textmd textrm textnormal text mathrm
    mbox hbox fbox intertext operatorname operatornamewithlimits uline uwave
    uppercase lowercase MakeUppercase MakeLowercase hl underbar ce num si unit acs acl gls ac`,
  ],
  ['#2', 2, 'textcolor colorbox scalebox raisebox foreignlanguage texorpdfstring hyperref'],
  [
    '',
    1,
    `cite citep citet citealp citealt citeauthor citeyear citeyearpar parencite textcite autocite
    nocite footcite supercite label ref eqref pageref autoref nameref vref cref Cref thanks
    footnotemark bibliography bibliographystyle includegraphics color pagestyle
    thispagestyle index input include usepackage documentclass`,
  ],
  [' ', 1, 'begin end'],
  [' #1 ', 1, 'section subsection subsubsection paragraph caption title'],
  [' (#1)', 1, 'footnote footnotetext'],
  ['“#1”', 1, 'enquote textquote'],
  ['#1 #2', 2, 'SI qty'],
];

/** Commands with arguments that need no code of their own. */
export const FORMS = new Map([...forms(FORM_LISTS, false), ...forms(PROSE_LISTS, true)]);

/** Superscripts and subscripts that Unicode has. */
export const SUPERSCRIPTS = pairs(
  '0 ⁰ 1 ¹ 2 ² 3 ³ 4 ⁴ 5 ⁵ 6 ⁶ 7 ⁷ 8 ⁸ 9 ⁹ + ⁺ - ⁻ − ⁻ = ⁼ ( ⁽ ) ⁾ a ᵃ b ᵇ c ᶜ d ᵈ e ᵉ f ᶠ g ᵍ h ʰ ' +
    'i ⁱ j ʲ k ᵏ l ˡ m ᵐ n ⁿ o ᵒ p ᵖ r ʳ s ˢ t ᵗ u ᵘ v ᵛ w ʷ x ˣ y ʸ z ᶻ A ᴬ B ᴮ D ᴰ E ᴱ G ᴳ H ᴴ I ᴵ ' +
    'J ᴶ K ᴷ L ᴸ M ᴹ N ᴺ O ᴼ P ᴾ R ᴿ T ᵀ U ᵁ V ⱽ W ᵂ β ᵝ γ ᵞ δ ᵟ θ ᶿ ϕ ᵠ φ ᵠ χ ᵡ ε ᵋ ' +
    '* * ∗ * ′ ′ ∘ ° ° ° † † ‡ ‡ ⊤ ᵀ',
);
export const SUBSCRIPTS = pairs(
  '0 ₀ 1 ₁ 2 ₂ 3 ₃ 4 ₄ 5 ₅ 6 ₆ 7 ₇ 8 ₈ 9 ₉ + ₊ - ₋ − ₋ = ₌ ( ₍ ) ₎ a ₐ e ₑ h ₕ i ᵢ j ⱼ k ₖ l ₗ m ₘ ' +
    'n ₙ o ₒ p ₚ r ᵣ s ₛ t ₜ u ᵤ v ᵥ x ₓ β ᵦ γ ᵧ ρ ᵨ ϕ ᵩ φ ᵩ χ ᵪ',
);

/** Blackboard bold. */
export const DOUBLE_STRUCK = pairs(
  'A 𝔸 B 𝔹 C ℂ D 𝔻 E 𝔼 F 𝔽 G 𝔾 H ℍ I 𝕀 J 𝕁 K 𝕂 L 𝕃 M 𝕄 N ℕ O 𝕆 P ℙ Q ℚ R ℝ S 𝕊 T 𝕋 U 𝕌 V 𝕍 W 𝕎 ' +
    'X 𝕏 Y 𝕐 Z ℤ k 𝕜 0 𝟘 1 𝟙',
);

function pairs(list: string): Map<string, string> {
  const words = list.trim().split(/\s+/);
  return new Map(
    words.flatMap((name, at): [string, string][] =>
      at % 2 === 0 ? [[name, words[at + 1] ?? '']] : [],
    ),
  );
}

function forms(lists: typeof FORM_LISTS, prose: boolean): [string, Form][] {
  return lists.flatMap(([shown, args, names]) =>
    names.split(/\s+/).map((name): [string, Form] => [name, { args, shown, prose }]),
  );
}
