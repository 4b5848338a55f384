import type { Operation } from '../operation.ts';

const fetching = {
  command: 'feeds fetch',
  status: 202,
  description: 'Workers do it; `GET /feeds/{name}` shows its runs.',
} as const;

export const feedOperations: readonly Operation[] = [
  { method: 'GET', path: '/feeds', command: 'feeds list', summary: 'Every feed and how it is' },
  {
    method: 'POST',
    path: '/feeds',
    command: 'feeds add',
    status: 201,
    summary: 'Watch a feed',
    look: ({ name }) => `/feeds/${encodeURIComponent(String(name))}`,
  },
  {
    method: 'POST',
    path: '/feeds/find',
    command: 'feeds find',
    summary: "Find the feed of a journal's page or an ISSN",
    description: 'Nothing is added; the address goes to `POST /feeds`.',
  },
  {
    method: 'POST',
    path: '/feeds/fetch',
    summary: 'Fetch every feed now',
    ...fetching,
    hidden: ['name'],
    look: () => '/feeds',
  },
  {
    method: 'GET',
    path: '/feeds/opml',
    command: 'feeds export',
    summary: 'All feeds as OPML',
    text: { field: 'opml', type: 'text/x-opml' },
  },
  {
    method: 'POST',
    path: '/feeds/opml',
    command: 'feeds import',
    summary: 'Watch the feeds of an OPML file',
    body: { argument: 'text', type: 'text/x-opml' },
  },
  {
    method: 'GET',
    path: '/feeds/{name}',
    command: 'feeds show',
    summary: 'One feed: its last days and runs, and what was refused',
  },
  {
    method: 'POST',
    path: '/feeds/{name}/rename',
    command: 'feeds rename',
    summary: 'Call a feed something else',
  },
  {
    method: 'POST',
    path: '/feeds/{name}/without',
    command: 'feeds without',
    summary: 'Say which kinds of text are not taken from a feed',
  },
  {
    method: 'DELETE',
    path: '/feeds/{name}',
    command: 'feeds remove',
    summary: 'Stop watching a feed; its papers stay',
  },
  {
    method: 'POST',
    path: '/feeds/{name}/fetch',
    summary: 'Fetch a feed now',
    ...fetching,
    look: ({ feeds }) => `/feeds/${encodeURIComponent(String((feeds as string[])[0]))}`,
  },
];
