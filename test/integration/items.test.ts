import type { Context } from '../../src/process/context.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { alerted, named } from '../harness/items.ts';
import { subscribe } from '../harness/morning.ts';

describe.each(backends)('items of a reader in the %s', (backend) => {
  let place: Place;
  let context: Context;
  let ada = 0;
  const clock = createClock('2026-03-02T06:00:00Z');

  beforeAll(async () => {
    place = await createPlace(backend);
    context = await openContext(place, clock);
  });
  afterAll(async () => {
    await context?.close();
    await place?.remove();
  });

  const add = (subscriberId: number, ...given: Parameters<typeof alerted>) =>
    context.outside.store.items.add(subscriberId, alerted(...given), clock.now());
  const listItems = (subscriberId: number) => context.outside.store.items.list(subscriberId, 100);

  it('are one where several alerts name the same paper, with all their reasons', async () => {
    const { subscriberId } = await subscribe(context.outside, 'ada@readers.example');
    ada = subscriberId;
    const bare = named('Learning rewards from disagreement', 'A Lovelace');
    const full = { ...bare, ids: { doi: '10.5555/rewards.1' } };
    expect(await add(subscriberId, [bare, named('Another paper on rewards')])).toBe(2);
    expect(await add(subscriberId, [full], 'preferences')).toBe(0);
    // The same mail once more changes nothing.
    expect(await add(subscriberId, [bare])).toBe(0);
    const found = (await listItems(subscriberId)).find(({ told }) => told.title === bare.title);
    expect(found?.told.ids).toEqual({ doi: '10.5555/rewards.1' });
    expect(found?.reasons).toMatchObject([{ about: 'reward models' }, { about: 'preferences' }]);
  });

  it('are two where a title is all that two papers share', async () => {
    const { subscriberId } = await subscribe(context.outside, 'bob@readers.example');
    const title = 'Introduction to the special issue';
    expect(await add(subscriberId, [named(title, 'A Lovelace'), named(title, 'G Hopper')])).toBe(2);
  });

  it('unite where a later mail shows that two are one', async () => {
    const { subscriberId } = await subscribe(context.outside, 'cyd@readers.example');
    const title = 'A long study of tides in narrow bays';
    const doi = named(title, 'A Lovelace', { ids: { doi: '10.5555/tides.1' } });
    const pmid = named(`${title}: a study of studies`, 'A Lovelace', { ids: { pmid: '123' } });
    await add(subscriberId, [doi, pmid]);
    expect(await listItems(subscriberId)).toHaveLength(2);
    const both = named(title, 'A Lovelace', { ids: { doi: '10.5555/tides.1', pmid: '123' } });
    await add(subscriberId, [both], 'tides');
    expect(await listItems(subscriberId)).toHaveLength(1);
  });

  it('are asked of sources by their ids, and what a mail says is written for nobody else', async () => {
    const { works } = context.outside.store;
    const isWanted = async () =>
      (await works.listDue('doi', clock.now(), 10)).some(
        ({ key }) => key === 'doi:10.5555/rewards.1',
      );
    expect(await isWanted()).toBe(true);
    await works.removeUnnamed();
    expect(await isWanted()).toBe(true);
    const [item] = await listItems(ada);
    expect(item?.known).toBeNull();
    const found = { title: 'As its source has it', abstract: 'Text.', authors: [{ name: 'A L' }] };
    await works.record([{ key: 'doi:10.5555/rewards.1', found }], clock.now());
    const known = (await listItems(ada)).flatMap((each) => each.known ?? []);
    expect(known).toMatchObject([{ title: 'As its source has it' }]);
  });

  it('go with their reader, and nobody who is gone is given any', async () => {
    const { subscriberId } = await subscribe(context.outside, 'eve@readers.example');
    await add(subscriberId, [named('Gone with its reader')]);
    await context.outside.store.transaction((tx) =>
      tx.erasures.eraseSubscriber(subscriberId, 'hash'),
    );
    expect(await listItems(subscriberId)).toEqual([]);
    expect(await add(subscriberId, [named('Too late')])).toBe(0);
  });
});
