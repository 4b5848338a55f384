import { parseMoment } from '../../../src/core/reader/moments.ts';

it.each([
  ['2023-04-21 11:16:57', '2023-04-21T11:16:57.000Z'],
  ['2023-03-24 10:23:10 UTC', '2023-03-24T10:23:10.000Z'],
  ['2021-02-04 07:55:20 +0000', '2021-02-04T07:55:20.000Z'],
  ['2024-05-01 09:30:00.123456 +0000 UTC', '2024-05-01T09:30:00.000Z'],
  ['2024-05-01 11:30:00.1 +0200 CEST', '2024-05-01T09:30:00.000Z'],
  ['2024-05-01 09:30:00 +0545 +0545', '2024-05-01T03:45:00.000Z'],
  ['12-04-2022 09:30', '2022-04-12T09:30:00.000Z'],
  ['2024-05-01T09:30:00', '2024-05-01T09:30:00.000Z'],
  ['2024-05-01T09:30:00+0200', '2024-05-01T07:30:00.000Z'],
  ['2024-05-01T09:30:00-05:00', '2024-05-01T14:30:00.000Z'],
  ['2024-05-01T09:30:00.000Z', '2024-05-01T09:30:00.000Z'],
  ['2024-05-01', '2024-05-01T00:00:00.000Z'],
  ['13/04/2022', '2022-04-13T00:00:00.000Z'],
  ['04/13/2022', '2022-04-13T00:00:00.000Z'],
])('reads %j', (text, iso) => {
  expect(parseMoment(text)?.toISOString()).toBe(iso);
});

it.each(['', 'soon', '2024-02-30', '2024-13-01', '04/05/2022', '07.05.2024', '2024-05-01 25:00'])(
  'reads no instant out of %j',
  (text) => {
    expect(parseMoment(text)).toBeUndefined();
  },
);

it('reads day and month in the order of the tool', () => {
  expect(parseMoment('04/05/2022', { isDayFirst: true })?.toISOString()).toContain('2022-05-04');
});

it('takes a local time of a zone ahead of UTC for now, and nothing later', () => {
  const now = new Date('2026-03-03T12:00:00Z');
  expect(parseMoment('2026-03-03 21:00:00', { now })).toEqual(now);
  expect(parseMoment('2026-03-03 21:00:00Z', { now })?.getUTCHours()).toBe(21);
  expect(parseMoment('2026-03-04 03:00:00', { now })?.getUTCDate()).toBe(4);
});
