import { distance } from 'fastest-levenshtein';
import type { Announcement } from '../paper/paper.ts';

// Source: arXiv category taxonomy; papers in these lists may carry either name.
const ALIASES: Readonly<Record<string, string>> = {
  'math.MP': 'math-ph',
  'stat.TH': 'math.ST',
  'math.IT': 'cs.IT',
  'q-fin.EC': 'econ.GN',
  'cs.SY': 'eess.SY',
  'cs.NA': 'math.NA',
};

// Source: arXiv category taxonomy. An archive that is not here is one category by itself.
const ARCHIVES: Readonly<Record<string, string>> = {
  'astro-ph': 'CO EP GA HE IM SR',
  'cond-mat': 'dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con',
  cs: `AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH
    OS PF PL RO SC SD SE SI SY`,
  econ: 'EM GN TH',
  eess: 'AS IV SP SY',
  math: `AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG
    SP ST`,
  nlin: 'AO CD CG PS SI',
  physics: `acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph
    flu-dyn gen-ph geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph`,
  'q-bio': 'BM CB GN MN NC OT PE QM SC TO',
  'q-fin': 'CP EC GN MF PM PR RM ST TR',
  stat: 'AP CO ME ML OT TH',
};

/** Archives that are one category, those that are closed among them. Source: as above. */
const WHOLE =
  `gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph acc-phys adap-org alg-geom
  ao-sci atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas dg-ga funct-an mtrl-th patt-sol plasm-ph
  q-alg solv-int supr-con`.split(/\s+/);

const CATEGORIES: readonly string[] = [
  ...WHOLE,
  ...Object.keys(ARCHIVES),
  ...Object.keys(ARCHIVES).flatMap((archive) => listCategories([archive])),
  ...Object.keys(ALIASES),
];

/** Whether arXiv has a category or an archive of this name. */
export function isCategory(name: string): boolean {
  return CATEGORIES.includes(name);
}

const NEAREST = 5;

/** The categories whose names are most like one that there is not; those of its archive first. */
export function findNearest(name: string): string[] {
  const [archive = '', subject] = name.split('.');
  const known = [...new Set(CATEGORIES)];
  const own = subject === undefined ? [] : known.filter((one) => one.startsWith(`${archive}.`));
  const candidates = own.length > 0 ? own : known;
  return candidates
    .map((one) => ({ one, away: distance(one.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.away - b.away)
    .slice(0, NEAREST)
    .map(({ one }) => one);
}

/** The categories of what is asked for, each once; an archive is all of its own. */
export function listCategories(asked: readonly string[]): string[] {
  const categories = asked.flatMap((name) => {
    const subjects = Object.hasOwn(ARCHIVES, name) ? ARCHIVES[name] : undefined;
    return subjects?.split(/\s+/).map((subject) => `${name}.${subject}`) ?? [name];
  });
  return [...new Set(categories)];
}

/** Whether a paper stands in the list of one of the categories or archives asked for. */
export function isListedIn(categories: readonly string[], asked: readonly string[]): boolean {
  return categories.some((category) => isAmong(category, asked));
}

/** How a paper stands to the categories asked for: arXiv calls it new where its primary one is among them. */
export function announcementFor(
  categories: readonly string[],
  asked: readonly string[],
  isReplaced: boolean,
): Announcement {
  const isPrimary = isAmong(categories[0] ?? '', asked);
  if (isReplaced) return isPrimary ? 'replace' : 'replace-cross';
  return isPrimary ? 'new' : 'cross';
}

function isAmong(category: string, asked: readonly string[]): boolean {
  const known = unalias(category);
  return asked.some((name) => {
    const wanted = unalias(name);
    return known === wanted || known.startsWith(`${wanted}.`) || category.startsWith(`${wanted}.`);
  });
}

function unalias(category: string): string {
  return ALIASES[category] ?? category;
}
