import { z } from 'zod';
import { tellState } from '../core/edition/edition.ts';
import { buildTable, defineCommand } from './command.ts';
import { cutPage, idAt, pageArgs, pageOf, rowId, tellMore } from './page.ts';
import { listedEdition } from './shapes/edition.ts';

const list = 'editions';

export const editionsList = defineCommand({
  right: 'look',
  args: z.object({ before: rowId.optional(), ...pageArgs(list) }),
  answers: pageOf(listedEdition),
  async run({ store }, { before, limit, cursor }) {
    const beforeId = idAt(cursor, before);
    const editions = await store.overview.listEditions({ beforeId, most: limit + 1 });
    const page = cutPage(editions, { list, limit, placeOf: ({ id }) => [id] });
    const pauses = await store.pauses.listActive();
    const rows = page.items.map((each) => [
      String(each.id),
      each.name,
      tellState(
        each,
        pauses.find(({ editionId }) => editionId === each.id),
      ),
      String(each.papers),
      each.cutAt.toISOString().slice(0, 16),
      each.isSample ? 'sample' : '',
    ]);
    const head = ['id', 'edition', 'state', 'papers', 'cut at', ''];
    const none = 'No edition was cut yet. Cut one: paperround editions cut';
    return { lines: [...buildTable(head, rows, none), ...tellMore(page)], data: page };
  },
});
