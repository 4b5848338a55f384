import { wholeEdition } from '../../../commands/shapes/edition.ts';
import type { Operation } from '../operation.ts';

export const editionOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/editions',
    command: 'editions list',
    summary: 'Every edition that was cut, the newest first',
    hidden: ['before'],
  },
  {
    method: 'GET',
    path: '/editions/{edition}',
    command: 'editions show',
    summary: 'What an edition shows, and where its deliveries are',
    answers: wholeEdition,
  },
  {
    method: 'POST',
    path: '/editions/cut',
    command: 'editions cut',
    summary: 'Cut the open draft now',
    isLong: true,
    look: ({ name }) => (name ? `/editions/${name}` : '/editions'),
  },
  {
    method: 'GET',
    path: '/editions/{edition}/preview',
    command: 'preview',
    summary: 'The digest of an edition, as a reader gets it',
    description: 'Without an address, as somebody without wishes would get it. Nothing is sent.',
  },
  {
    method: 'POST',
    path: '/papers',
    command: 'import',
    summary: 'Read papers into the open draft',
    description: 'Title, blank line, abstract, blank line, and so on.',
    body: { argument: 'text', type: 'text/plain' },
    isLong: true,
    look: () => '/today',
  },
  {
    method: 'DELETE',
    path: '/sample',
    command: 'sample remove',
    summary: "Remove the bundled sample's papers, readers and digests",
  },
];
