import type { FastifyReply } from 'fastify';
import type { Way } from '../core/letter/front-pages.ts';
import type { LegalPage } from '../core/letter/legal.ts';
import type { LayoutPage, PageViews } from '../core/letter/pages.ts';
import { allLanguages, languages } from '../core/words/languages.ts';
import { type Language, type Words, wordsOf } from '../core/words/words.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Logger } from '../process/log.ts';
import type { PasswordLines } from '../steps/desk/password-lines.ts';
import type { EditionMemory } from '../steps/editions/edition-memory.ts';
import type { Outside } from '../steps/steps.ts';
import type { TemplateEntry } from '../steps/templates/files.ts';
import type { Turns } from '../steps/turns.ts';
import type { SharedPages } from './front/shared.ts';
import type { Pages } from './templates.ts';

/** What the routes may touch. */
export interface Site extends Pages {
  /** The language that its pages are in. */
  readonly words: Words;
  /** What the paths of pages for all begin with in that language; empty in the site's own. */
  readonly prefix: string;
  /** The same site in a language. */
  readonly in: (language: Language) => Site;
  readonly outside: Outside;
  /** Present where mail is caught in this process. */
  readonly outbox: Outbox | undefined;
  readonly log: Logger;
  /** The newest editions, read once. */
  readonly editions: EditionMemory;
  /** Pages that are the same for all, made once. */
  readonly shared: SharedPages;
  /** Where readers' costly requests stand in line. */
  readonly turns: Turns;
  /** Where passwords of the desk do. */
  readonly passwords: PasswordLines;
  /** The templates that this process reads, and which are the operator's own. */
  readonly templates: readonly TemplateEntry[];
  /** The frame of a page under a title. */
  readonly frame: (title: string, more?: FrameOptions) => Frame;
}

export type Frame = Omit<LayoutPage, 'body'>;

/** What a frame holds beside its title. */
export interface FrameOptions {
  readonly isSample?: boolean;
  readonly isWide?: boolean;
  readonly script?: string;
  /** Of a page for everybody: its one path with what counts of its query, and what it is. */
  readonly shared?: { readonly path: string; readonly description: string } | undefined;
}

/** What every frame of a site has alike. */
export interface FrameParts {
  readonly siteName: string;
  readonly publicUrl: string;
  readonly isSandbox: boolean;
  readonly style: string;
  readonly logo: string | undefined;
  readonly footText: string;
  readonly legal: readonly LegalPage[];
  /** The site's own. */
  readonly language: Language;
}

const ways = [
  { key: 'way.editions', path: '/editions' },
  { key: 'way.search', path: '/search' },
  { key: 'way.subscribe', path: '/subscribe' },
  { key: 'way.preferences', path: '/link' },
] as const;
const sandboxWays: readonly Way[] = [
  { label: 'Outbox', link: '/outbox' },
  { label: 'Desk', link: '/admin' },
];

/** The frames of a site in one language. */
export function createFrame(
  parts: FrameParts,
  { words, prefix }: Pick<Site, 'words' | 'prefix'>,
): Site['frame'] {
  const { language: _own, logo, legal, ...same } = parts;
  const { publicUrl } = parts;
  const own = ways.map(({ key, path }) => ({
    label: words.say(key),
    link: `${prefix}${path}`,
  }));
  const all = parts.isSandbox ? [...own, ...sandboxWays] : own;
  const listLanguages = (path: string) =>
    allLanguages.map((language) => ({
      language,
      name: languages[language].name,
      link: `${language === parts.language ? '' : `/${language}`}${path}`,
      isCurrent: language === words.language,
    }));
  const footWays = legal.map(({ title, path: link }) => ({ label: words.say(title), link }));
  return (title, { shared, isSample = false, isWide = false, script } = {}) => ({
    ...same,
    footWays,
    title,
    isSample,
    isWide,
    ways: all.map((way) => ({ ...way, isCurrent: shared?.path === way.link })),
    ...(logo ? { logo } : {}),
    ...(script ? { script } : {}),
    ...(shared
      ? {
          shared: {
            canonical: `${publicUrl}${shared.path}`,
            description: shared.description,
            card: `${publicUrl}/card.png`,
            languages: listLanguages(shared.path.slice(prefix.length)),
          },
        }
      : {}),
  });
}

/** What the site brings, in a few words. */
export function taglineOf({ outside: { config }, words }: Site): string {
  return config.site.tagline ?? words.say('site.tagline');
}

/** The site in each language, `own` its own. */
export async function createSites(
  own: Language,
  speak: (spoken: Pick<Site, 'words' | 'prefix'>) => Promise<Omit<Site, 'words' | 'prefix' | 'in'>>,
): Promise<Readonly<Record<Language, Site>>> {
  const find = (language: Language) => sites[language];
  const make = async (language: Language): Promise<Site> => {
    const spoken = { words: wordsOf(language), prefix: language === own ? '' : `/${language}` };
    return { ...(await speak(spoken)), ...spoken, in: find };
  };
  const sites = { en: await make('en'), de: await make('de') };
  return sites;
}

/** The site in a reader's language; as it is where they chose none. */
export function speakTo(
  site: Site,
  reader: { readonly profile: { readonly language?: Language } },
): Site {
  const { language } = reader.profile;
  return language === undefined ? site : site.in(language);
}

/** A page to answer with. */
export interface Shown<Name extends keyof PageViews> {
  readonly page: Name;
  readonly title: string;
  readonly view: PageViews[Name];
  readonly status?: number;
  /** Where the same is said in other languages. */
  readonly shared?: FrameOptions['shared'];
  /** Our own script that the page asks for. */
  readonly script?: string;
}

/** Answers with a page under a title. */
export function replyWithPage<Name extends keyof PageViews>(
  reply: FastifyReply,
  site: Site,
  { page, title, view, status = 200, ...framed }: Shown<Name>,
): FastifyReply {
  return reply
    .code(status)
    .type('text/html')
    .header('content-language', site.words.language)
    .send(site.renderPage(page, view, site.frame(title, framed)));
}
