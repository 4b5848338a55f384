/** How the pages of a publisher's journals lead to their feeds. */
export interface Publisher {
  readonly name: string;
  /** Hosts, with all below them; none where the path alone tells. */
  readonly hosts: readonly string[];
  /** Of a journal's page; its group goes into the feed's address, and is empty where the host tells. */
  readonly path: RegExp;
  /** `$1` for the first group, `$origin` for the page's scheme and host. */
  readonly feed: string;
  /** Where such addresses were seen in use. */
  readonly seen: string;
}

const lists = 'lists of feeds in public repositories, 2024 to 2026';

/** The large publishers. A site that names its feed in its page needs no row. */
export const PUBLISHERS: readonly Publisher[] = [
  {
    name: 'Nature Portfolio',
    hosts: ['nature.com'],
    path: /^\/([a-z\d-]{2,30})(?:\/(?:articles|research-articles|current-issue|volumes))?\/?$/,
    feed: 'https://www.nature.com/$1.rss',
    seen: lists,
  },
  {
    name: 'Wiley',
    hosts: ['onlinelibrary.wiley.com'],
    path: /^\/(?:journal|loi|toc)\/(\d{7}[\dx])/i,
    feed: '$origin/feed/$1/most-recent',
    seen: lists,
  },
  {
    name: 'Taylor & Francis',
    hosts: ['tandfonline.com'],
    path: /^\/(?:journals|toc|loi)\/([a-z]{4}\d\d)/i,
    feed: 'https://www.tandfonline.com/feed/rss/$1',
    seen: lists,
  },
  {
    name: 'American Chemical Society',
    hosts: ['pubs.acs.org'],
    path: /^\/(?:journal|toc|loi)\/([a-z\d]{4,8})/i,
    feed: 'https://pubs.acs.org/action/showFeed?type=axatoc&feed=rss&jc=$1',
    seen: lists,
  },
  {
    name: 'Atypon (Science, PNAS, SAGE, ACM, SIAM, AHA, ASCO, Royal Society and others)',
    hosts: [
      ...['science.org', 'pnas.org', 'journals.sagepub.com', 'ahajournals.org', 'ascopubs.org'],
      ...['journals.uchicago.edu', 'journals.physiology.org', 'journals.asm.org', 'pubs.aip.org'],
      ...['dl.acm.org', 'epubs.siam.org', 'royalsocietypublishing.org', 'worldscientific.com'],
    ],
    path: /^\/(?:journal|toc|loi|home|worldscinet)\/([a-z\d]{2,8})/i,
    feed: '$origin/action/showFeed?type=etoc&feed=rss&jc=$1',
    seen: lists,
  },
  {
    name: 'Springer',
    hosts: ['link.springer.com'],
    path: /^\/journal\/(\d{1,6})/,
    feed: 'https://link.springer.com/search.rss?facet-content-type=Article&facet-journal-id=$1',
    seen: lists,
  },
  {
    name: 'MDPI',
    hosts: ['mdpi.com'],
    path: /^\/journal\/([a-z]+)/,
    feed: 'https://www.mdpi.com/rss/journal/$1',
    seen: lists,
  },
  {
    name: 'Frontiers',
    hosts: ['frontiersin.org'],
    path: /^\/journals\/([a-z-]+)/,
    feed: 'https://www.frontiersin.org/journals/$1/rss',
    seen: lists,
  },
  {
    name: 'PLOS',
    hosts: ['journals.plos.org'],
    path: /^\/(plos[a-z]+|climate|digitalhealth|globalpublichealth|sustainabilitytransformation|water)(?:\/|$)/,
    feed: 'https://journals.plos.org/$1/feed/atom',
    seen: lists,
  },
  {
    name: 'IOP',
    hosts: ['iopscience.iop.org'],
    path: /^\/journal\/(\d{4}-\d{3}[\dx])/i,
    feed: 'https://iopscience.iop.org/journal/rss/$1',
    seen: lists,
  },
  {
    name: 'American Physical Society',
    hosts: ['journals.aps.org'],
    path: /^\/([a-z]{2,12})(?:\/|$)/,
    feed: 'https://feeds.aps.org/rss/recent/$1.xml',
    seen: lists,
  },
  {
    name: 'Royal Society of Chemistry',
    hosts: ['pubs.rsc.org'],
    path: /^\/en\/journals\/journalissues\/([a-z\d]{2})/i,
    feed: 'https://feeds.rsc.org/rss/$1',
    seen: lists,
  },
  {
    name: 'Cell Press',
    hosts: ['cell.com'],
    path: /^\/([a-z][a-z-]{1,40})(?:\/(?:home|current|newarticles|archive|issues?))?\/?$/,
    feed: 'https://www.cell.com/$1/current.rss',
    seen: lists,
  },
  {
    name: 'The Lancet',
    hosts: ['thelancet.com'],
    path: /^\/journals\/([a-z]{4,10})(?:\/(?:home|onlinefirst|issue.*))?\/?$/,
    feed: 'https://www.thelancet.com/rssfeed/$1_current.xml',
    seen: lists,
  },
  {
    name: 'New England Journal of Medicine',
    hosts: ['nejm.org'],
    path: /^()\/?(?:toc\/.*)?$/,
    feed: 'https://www.nejm.org/action/showFeed?jc=nejm&type=etoc&feed=rss',
    seen: lists,
  },
  {
    name: 'BMJ',
    hosts: ['bmj.com'],
    path: /^()\/?(?:content\/(?:current|early.*|by\/year.*))?$/,
    feed: '$origin/rss/current.xml',
    seen: lists,
  },
  {
    name: 'Copernicus',
    hosts: ['copernicus.org'],
    path: /^()\/(?:index\.html|articles\/.*)?$/,
    feed: '$origin/xml/rss2_0.xml',
    seen: lists,
  },
  {
    name: 'Pensoft',
    hosts: ['pensoft.net'],
    path: /^()\/(?:issues|articles|browse.*)?$/,
    feed: '$origin/rss.php',
    seen: lists,
  },
  {
    name: 'IEEE Xplore',
    hosts: ['ieeexplore.ieee.org'],
    path: /^\/xpl\/(?:RecentIssue|mostRecentIssue|aboutJournal|conhome)\.jsp\?(?:.*&)?punumber=(\d{1,8})/i,
    feed: 'https://ieeexplore.ieee.org/rss/TOC$1.XML',
    seen: lists,
  },
  {
    name: 'J-STAGE',
    hosts: ['jstage.jst.go.jp'],
    path: /^\/browse\/([a-z\d]{2,30})(?:\/|$)/i,
    feed: 'https://www.jstage.jst.go.jp/AF05S010NewRssDld?btnaction=JT0041&sryCd=$1&rssLang=en',
    seen: lists,
  },
  {
    name: 'eLife',
    hosts: ['elifesciences.org'],
    path: /^()\/?$/,
    feed: '$origin/rss/recent.xml',
    seen: lists,
  },
  {
    name: 'PeerJ',
    hosts: ['peerj.com'],
    path: /^()\/?(?:articles\/?)?$/,
    feed: '$origin/articles/index.atom',
    seen: lists,
  },
  {
    name: 'JMIR',
    hosts: ['jmir.org'],
    path: /^()\/?$/,
    feed: '$origin/feed/atom',
    seen: lists,
  },
  {
    name: 'Open Journal Systems, on any site',
    hosts: [],
    path: /^\/((?:[\w-]+\/)?index\.php\/[\w-]+)(?:\/(?:index|issue|about).*)?\/?$/,
    feed: '$origin/$1/gateway/plugin/WebFeedGatewayPlugin/atom',
    seen: 'the plugin that OJS comes with; feeds of many journals',
  },
];

/** Where a publisher keeps the feed of a journal's page; undefined for a page of another kind. */
export function findPublisherFeed(page: string): { name: string; feed: string } | undefined {
  if (!URL.canParse(page)) return undefined;
  const { origin, hostname, pathname, search } = new URL(page);
  for (const { name, hosts, path, feed } of PUBLISHERS) {
    const isTheirs = hosts.length === 0 || hosts.some((one) => isUnder(hostname, one));
    const journal = isTheirs
      ? (path.exec(pathname) ?? path.exec(pathname + search))?.[1]
      : undefined;
    if (journal !== undefined) {
      return { name, feed: feed.replace('$origin', origin).replace('$1', journal) };
    }
  }
  return undefined;
}

function isUnder(host: string, name: string): boolean {
  return host === name || host.endsWith(`.${name}`);
}
