import fc from 'fast-check';
import { MOST_GROWTH, texToText } from '../../../src/core/text/tex.ts';

/** Each line is `TeX ==> text`. */
const CASES = {
  accents: String.raw`
P\'erez ==> Pérez
Hern\'andez-Espinosa ==> Hernández-Espinosa
Abrah\~ao ==> Abrahão
M\'exico City ==> México City
l'\'Ecole polytechnique ==> l'École polytechnique
\'{E}cole ==> École
H\"older ==> Hölder
G\"{o}del ==> Gödel
{\"U}nl{\"u} ==> Ünlü
\"{O}zg\"ur ==> Özgür
na\"{\i}ve and na\"ive ==> naïve and naïve
Garc\'{\i}a and Mart\'\inez ==> García and Martínez
Fran\c{c}ois and Fran\c cois ==> François and François
\v{S}koda, \v Capek, Hu\v{s}ek ==> Škoda, Čapek, Hušek
Erd\H{o}s and Sz\H oke ==> Erdős and Szőke
Wa{\l}\k{e}sa and \L{}ukasz ==> Wałęsa and Łukasz
S{\o}rensen and S\o rensen and \O{}rsted ==> Sørensen and Sørensen and Ørsted
{\AA}ngstr{\"o}m and \aa lborg ==> Ångström and ålborg
Stra{\ss}e and Wei\ss ==> Straße and Weiß
\ae ther, {\OE}uvre, \th orn, \DJ or\dj e ==> æther, Œuvre, þorn, Đorđe
\^{\i}le, \j, \'\j ==> île, ȷ, j́
\u{g}, \d{s}, \.{z}, \r{u}, \=a, \b{d} ==> ğ, ṣ, ż, ů, ā, ḏ
\~nandu, \^o, x\^{}2 ==> ñandu, ô, x²
Ng\^o B\h{a}o ==> Ngô Bảo
{\'e}t{\'e} ==> été
Universit\'e C\^ote d'Azur ==> Université Côte d'Azur
don\'t and John\'s ==> don't and John's
`,
  greek: String.raw`
$\alpha$-divergence ==> α-divergence
H$\alpha$ ==> Hα
$\Lambda$CDM ==> ΛCDM
$\epsilon$-greedy ==> ϵ-greedy
$\varepsilon, \varphi, \vartheta$ ==> ε, φ, ϑ
$\mu$m and 5$\sigma$ ==> μm and 5σ
$\Omega$ and $\Delta t$ ==> Ω and Δt
$\Gamma$-converge ==> Γ-converge
$2\pi r$ ==> 2πr
$\alpha\beta\gamma$ ==> αβγ
$\beta x$ ==> βx
\alpha outside of a formula ==> α outside of a formula
a reward model ({varphi}) ==> a reward model (φ)
vip1{Delta} and {beta}-catenin ==> vip1Δ and β-catenin
up to {approx}5{times} ==> up to ≈5×
`,
  scripts: String.raw`
X$^2$Localizer ==> X²Localizer
$x_i^2$ ==> xᵢ²
x_{ij} ==> x_ij
$x_{ij}$ ==> x_ij
$x_{i+1}$ and $x_{t-1}$ ==> xᵢ₊₁ and xₜ₋₁
$x_{i,j}$ ==> x_(i,j)
$\mathbb{R}^n$ ==> ℝⁿ
$\mathbb{R}^{n \times d}$ ==> ℝ^(n × d)
10$^{-3}$ M$_\odot$ yr$^{-1}$ ==> 10⁻³ M_⊙ yr⁻¹
$^{13}$CO ==> ¹³CO
CO$_2$ and H$_2$O ==> CO₂ and H₂O
$A^\top$ and $A^T$ ==> Aᵀ and Aᵀ
$\theta^*$ and $x^{\prime}$ and $f'$ ==> θ* and x′ and f′
90^\circ and $90^{\circ}$ ==> 90° and 90°
$n^{th}$ and 1^{st} ==> nth and 1st
$L_{max}$ and $P_{\mathrm{data}}$ ==> L_max and P_data
$2^{10^5}$ ==> 2^(10⁵)
$e^{i\pi}$ ==> e^iπ
$e^{-x^2}$ ==> e^(-x²)
$x^{(i)}_j$ ==> x⁽ⁱ⁾ⱼ
(1^{+1.39}_{-0.59}) ==> (1^(+1.39)_(-0.59))
O(n^2) and n^{1/2} and 10^-3 and 2^n ==> O(n²) and n^(1/2) and 10⁻³ and 2ⁿ
R^2. and x^2-axis ==> R². and x²-axis
\mu^+\mu^- ==> μ⁺μ⁻
SU(2)$_L\times$U(1)$_Y$ ==> SU(2)_L×U(1)_Y
{}^{2}H and $^4$He ==> ²H and ⁴He
CO\textsubscript{2}, 1\textsuperscript{st} ==> CO₂, 1st
$^{+0.1}$$_{-2}$ ==> ^(+0.1)₋₂
`,
  operators: String.raw`
4$\times$4 ==> 4×4
$x \leq y$ and $x\leq y$ ==> x ≤ y and x≤y
$a \approx b \to \infty$ ==> a ≈ b → ∞
$f:\mathbb{R}^n\to\mathbb{R}$ ==> f:ℝⁿ→ℝ
$f \colon X \to Y$ ==> f : X → Y
$\pm$0.5 and $\sim$10 ==> ±0.5 and ∼10
$a \cdot b$ and $x \in A \cap B$ ==> a · b and x ∈ A ∩ B
$\sum_{i=1}^{N} x_i$ ==> ∑ᵢ₌₁ᴺ xᵢ
$\sum_i m_i\delta_{x_i}$ ==> ∑ᵢ mᵢδ_(xᵢ)
$\min \int_{\mathbb{R}^N}f(u,\nabla u)$ ==> min ∫_(ℝᴺ)f(u,∇u)
$\sqrt{s}=13$ TeV ==> √s=13 TeV
$\sqrt{x+1}$ and $\sqrt[3]{x}$ and $\sqrt 2$ ==> √(x+1) and ∛x and √2
$\frac{a}{b}$ and $\frac12$ and \frac{1}{2} ==> a/b and 1/2 and 1/2
$\frac{a+b}{c}$ ==> (a+b)/c
$\frac{\partial f}{\partial x}$ ==> ∂f/∂x
$\frac{1}{\sqrt{n}}$ ==> 1/√n
$\binom{n}{k}$ ==> (n choose k)
$O(n\log n)$ and $\log^2 n$ ==> O(n log n) and log² n
O(n\log n) ==> O(n log n)
$\max_{x \in X} f(x)$ ==> max_(x ∈ X) f(x)
$\arg\max_\theta J(\theta)$ ==> arg max_θ J(θ)
\log and \max and \exp ==> log and max and exp
$\not= \not\in \neq$ ==> ≠ ∉ ≠
$\hat{x}_i$, $\bar\theta$, $\tilde{O}(n)$, $\vec{v}$ ==> x̂ᵢ, θ̄, Õ(n), v⃗
$\widehat{AB}$ ==> AB
$\mathbb{E}_{x\sim p}[f]$ ==> 𝔼_(x∼p)[f]
$\mathbb N, \mathbb{Z}, \mathbb{Q}, \mathbb{C}$ ==> ℕ, ℤ, ℚ, ℂ
$\mathcal{L}_{\text{total}}$ ==> L_total
$\left(\frac{1}{2}\right)$ and $\left\| x \right\|$ ==> (1/2) and ‖ x ‖
$\langle x, y \rangle$ ==> ⟨ x, y ⟩
$a_{1}, \ldots, a_{n}$ ==> a₁, …, aₙ
$\operatorname{rank}(A)$ and $\text{KL}(p\|q)$ ==> rank(A) and KL(p‖q)
$\forall x \exists y$ ==> ∀x ∃y
$\underset{x}{\min}$, $\stackrel{d}{=}$ ==> min, =
$a \pmod{n}$ ==> a (mod n)
$\ell_1$ and $\hbar$ and $\emptyset$ ==> ℓ₁ and ℏ and ∅
`,
  'formulas and dollars': String.raw`
$5 and $10 ==> $5 and $10
US$3 and AU$4 ==> US$3 and AU$4
US$3 ==> US$3
costs \$5 to \$10 ==> costs $5 to $10
$5 million and $x$ is ==> $5 million and x is
$10 per query, while $\alpha=3$ ==> $10 per query, while α=3
$n$ and $m$ ==> n and m
$k$-means and $H$-mass ==> k-means and H-mass
$p < 0.05$ ==> p < 0.05
$ \alpha $ and $ x $ ==> α and x
$a$$b$ ==> ab
$100$ and $GL$ ==> 100 and GL
$>$90\% ==> >90%
$$E=mc^2$$ ==> E=mc²
\(x_1\) and \[y^2\] ==> x₁ and y²
\( never closed, file_name ==> ( never closed, file_name
$x \text{ if } y_1$ ==> x if y₁
$HOME/my_dir and $PATH ==> $HOME/my_dir and $PATH
priced $$ to $$$ ==> priced $$ to $$$
$k\in\{1,\dots,n\}$ ==> k∈{1,…,n}
$\{x_i\}_{i=1}^n$ ==> {xᵢ}ᵢ₌₁ⁿ
{$x} y$ z_1 ==> x y z_1
one $ alone ==> one $ alone
`,
  'quotes, dashes and blanks': String.raw`
rock 'n' roll, Pearson's r, 'single' ==> rock 'n' roll, Pearson's r, 'single'
"quoted" ==> "quoted"
Calabi--Yau, pages 1--20 ==> Calabi–Yau, pages 1–20
models -- such as these -- fail ==> models – such as these – fail
so---it is --- so ==> so—it is — so
--verbose and a->b and <!-- x --> and ---- ==> --verbose and a->b and <!-- x --> and ----
Fig.~3 and J.~Smith and models~(VLMs) ==> Fig. 3 and J. Smith and models (VLMs)
~10 and 3~5 and a ~ b ==> ~10 and 3~5 and a ~ b
https://x.edu/~bob/a--b ==> https://x.edu/~bob/a--b
5\,mm, 10\,000, a\;b, a\ b, a\!b ==> 5 mm, 10 000, a b, a b, ab
a\quad b \\ c ==> a b c
$10\,\mathrm{km\,s^{-1}}$ ==> 10 km s⁻¹
hy\-phen, shelf\/ful ==> hyphen, shelfful
wait\ldots{} and \dots ==> wait… and …
`,
  'words of markup': String.raw`
\emph{a \textbf{b} c} ==> a b c
\textit{E. coli} \texttt{foo_bar} \textsc{Foo} ==> E. coli foo_bar Foo
\text{a}\mathrm{b}\mbox{c} ==> abc
{\bf Bold} and {\em soft} and {\it x} ==> Bold and soft and x
\textcolor{red}{stop} {\color{blue} go} ==> stop go
as in \cite{foo}, we ==> as in, we
see~\cite[p.~3]{x,y}. ==> see.
by \citet{smith} and \citep*{x} ==> by and
a\label{eq:1} b ==> a b
in Section~\ref{s} and \eqref{e} ==> in Section and
code\footnote{See x.} is ==> code (See x.) is
\url{https://a.b/c_d~e\%20} ==> https://a.b/c_d~e%20
advancements\url{https://github.com/x/y}. ==> advancements https://github.com/x/y.
\href{https://a.b/c}{our site} ==> our site (https://a.b/c)
\href{https://a.b}{https://a.b} ==> https://a.b
https://a.b/c{https://a.b/c}. ==> https://a.b/c.
\SI{5}{mm} and \num{3} ==> 5 mm and 3
\section{Intro}Text ==> Intro Text
x\vspace{2pt} y \noindent z ==> x y z
\enquote{so} ==> “so”
\LaTeX{} and \BibTeX ==> LaTeX and BibTeX
\ensuremath{\alpha_1} ==> α₁
`,
  'shorthands and unknown commands': String.raw`
of k (\eg, k=1) ==> of k (e.g., k=1)
rewards, \eg~progress ==> rewards, e.g. progress
\ie the, \ie\ so, \ie{} it ==> i.e. the, i.e. so, i.e. it
Smith \etal. and Wu \etal~said ==> Smith et al. and Wu et al. said
Wu \etal\cite{x} said ==> Wu et al. said
\eg$x$ and \cf(a) and \etc. ==> e.g. x and cf. (a) and etc.
\wrt, \vs, \iid ==> w.r.t., vs., i.i.d.
We propose \oni, a system ==> We propose oni, a system
\oni's and \oni{} is and \oni is ==> oni's and oni is and oni is
\foo{bar} and the\foo{bar} and \foo{} ==> foo bar and the foo bar and foo
$x\foo y$ ==> x foo y
\constructor \__proto__ ==> constructor __proto__
`,
  escapes: String.raw`
50\% and 69.4\% ==> 50% and 69.4%
50 \% of ==> 50 % of
A\&B, C\#, snake\_case ==> A&B, C#, snake_case
\& \_ \# \{ \} ==> & _ # { }
\{0,1\}^n ==> {0,1}ⁿ
\{x\} ==> {x}
\textasciitilde, \textbackslash ==> ~, ∖
`,
  'groups and what is no TeX': String.raw`
{BERT} and {B}ERT and {D}eep {N}ets ==> BERT and BERT and Deep Nets
{Deep Learning} for {COVID-19} ==> Deep Learning for COVID-19
{{Double}} ==> Double
{Qwen3-4B, 8B, 14B} ==> {Qwen3-4B, 8B, 14B}
{"a": 1} and {} ==> {"a": 1} and {}
a { b ==> a { b
a } b ==> a } b
n < m & p > q ==> n < m & p > q
file_name, a_b, x_1, __init__ ==> file_name, a_b, x_1, __init__
C:\path\to\file.txt is ==> C:\path\to\file.txt is
AC\DC and DOMAIN\user ==> AC\DC and DOMAIN\user
50% of it, #1, R&D, a@b.org ==> 50% of it, #1, R&D, a@b.org
^_^ and 2 ^ 3 ==> ^_^ and 2 ^ 3
日本語 and Ελλάδα and é ==> 日本語 and Ελλάδα and é
`,
};

const QUOTES: [tex: string, text: string][] = [
  ["a second ``baseline'' prompt", 'a second “baseline” prompt'],
  ["``slightly better/worse'' to ``tie'' if", '“slightly better/worse” to “tie” if'],
  ["``it's so''", "“it's so”"],
  ['``mixed"', '“mixed”'],
  ["`single' and (`it's')", "‘single’ and (‘it's’)"],
  ["``a `b' c''", '“a ‘b’ c”'],
  ['``never closed', '``never closed'],
  ['`code` stays', '`code` stays'],
  ['\\`a la carte, voil\\`a', 'à la carte, voilà'],
];

function readCases(lines: string): [tex: string, text: string][] {
  return lines
    .trim()
    .split('\n')
    .map((line): [string, string] => {
      const [tex = '', text = ''] = line.split(' ==> ');
      return [tex, text];
    });
}

describe('texToText', () => {
  describe.each([...Object.entries(CASES), ['quotes', QUOTES] as const])('%s', (_, cases) => {
    it.each(typeof cases === 'string' ? readCases(cases) : cases)('%s', (tex, text) => {
      const shown = texToText(tex);
      expect(shown.trim()).toBe(text);
      expect(texToText(shown)).toBe(shown);
    });
  });

  const TOKENS =
    `\\ { } {} $ $$ ^ _ ~ \` ' '' \`\` - -- --- " [ ] ( ) % & # 1 5 a b x E s ı i \\\\ \\( \\)
    \\[ \\] \\{ \\} \\$ \\_ \\' \\" \\^ \\~ \\c \\v \\frac \\sqrt \\emph \\text \\url \\href \\cite \\eg \\etal
    \\alpha \\to \\log \\left \\right. \\not \\hat \\mathbb \\foo \\o \\i \\binom \\SI \\wrt \\ensuremath
    C:\\ https://a.b \u0301 é 𝔸 {alpha} {times} \\textasciitilde \\textasciicircum \\textunderscore
    \\textdollar \\lbrace \\rbrace \\begin \\item \\,`.split(/\s+/);
  const tex = fc
    .array(fc.oneof(fc.constantFrom(...TOKENS, ' ', '\n'), fc.string({ unit: 'binary' })), {
      maxLength: 40,
    })
    .map((parts) => parts.join(''));

  it('is idempotent and keeps its bound for any text', () => {
    fc.assert(
      fc.property(tex, (raw) => {
        const shown = texToText(raw);
        expect(texToText(shown)).toBe(shown);
        expect(shown.length).toBeLessThanOrEqual(MOST_GROWTH * raw.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves plain words alone', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9é.,;:()/<>&%#@!?_'-]*[A-Za-z0-9]$/);
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const plain = words.join(' ').replace(/-+/g, '-');
        expect(texToText(plain)).toBe(plain);
      }),
    );
  });

  it.each([
    ...['{', '}', '$', '\\', '`', '^', '_', '~', '-', '{}', '{$', '$x', '\\o', '\\frac', '^{'],
    ...['\\cite{}', '\\emph{', '\\(', '``a', "\\'", '$a ', '\\url{', '\\sqrt[', 'C:\\', '\\c'],
  ])('reads a long run of %s', (token) => {
    const raw = token.repeat(200_000 / token.length);
    const shown = texToText(raw);
    expect(shown.length).toBeLessThanOrEqual(raw.length + 10);
  });

  it('does not exhaust the stack on deep groups', () => {
    const raw = `${'{'.repeat(50_000)}x${'}'.repeat(50_000)}`;
    expect(texToText(raw)).toContain('x');
    expect(texToText(`${'\\emph{'.repeat(50_000)}x${'}'.repeat(50_000)}`)).toContain('x');
  });
});
