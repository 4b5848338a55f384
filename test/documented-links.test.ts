import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const texts = new Map(pages.map((page) => [page, readFileSync(page, 'utf8')]));

/** Where headings of a page are reached, as GitHub makes their names. */
function anchorsOf(page: string): string[] {
  const prose = (texts.get(page) ?? '').replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

/** What is wrong with a link of a page within the repository; undefined where it leads somewhere. */
function findFault(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(target)) return `there is no ${target}`;
  if (anchor === undefined || !target.endsWith('.md')) return undefined;
  return anchorsOf(target).includes(anchor) ? undefined : `${target} has no heading #${anchor}`;
}

describe('links of the documentation', () => {
  const links = pages.flatMap((page) =>
    [...(texts.get(page) ?? '').matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/.test(link))
      .map((link) => ({ page, link })),
  );

  it('are many', () => {
    expect(links.length).toBeGreaterThan(150);
  });

  it('lead to a page and a heading that are there', () => {
    const faults = links.flatMap(({ page, link }) => {
      const fault = findFault(page, link);
      return fault ? [`${page}: ${link}: ${fault}`] : [];
    });
    expect(faults).toEqual([]);
  });

  it('lead to each page of docs, from the first one', () => {
    const reached = new Set<string>();
    const open = ['README.md'];
    for (let page = open.pop(); page !== undefined; page = open.pop()) {
      if (reached.has(page)) continue;
      reached.add(page);
      for (const each of links.filter((one) => one.page === page)) {
        const [path = ''] = each.link.split('#');
        const target = normalize(join(dirname(page), path));
        if (texts.has(target)) open.push(target);
      }
    }
    expect(pages.filter((page) => !reached.has(page))).toEqual([]);
  });

  it('would be found out', () => {
    expect(findFault('README.md', 'docs/none.md')).toMatch(/there is no/);
    expect(findFault('README.md', 'docs/commands.md#none')).toMatch(/no heading/);
    expect(findFault('docs/desk.md', '../README.md#try-it')).toBeUndefined();
  });
});
