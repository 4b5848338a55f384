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
