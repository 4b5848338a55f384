import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { learnDates, parseDate, readDate } from '../../src/feeds/texts/dates.ts';

const read = (text: string, habits = {}) => readDate(text, habits)?.toISOString().slice(0, 16);

describe('readDate', () => {
  it.each([
    ['2026-7-6', '2026-07-06T00:00'],
    ['2026/07/06', '2026-07-06T00:00'],
    ['20260706T101112Z', '2026-07-06T10:11'],
    ['2026-07-06T10:00:00', '2026-07-06T10:00'],
    ['2026-07-06T10:00:00.123+02:00', '2026-07-06T08:00'],
    ['2026-07-06 10:00:00 +0200', '2026-07-06T08:00'],
    ['2021-12-21T02:37:53+0900', '2021-12-20T17:37'],
    ['20260706', '2026-07-06T00:00'],
    ['Thursday, November 19, 2026 - 08:00', '2026-11-19T08:00'],
    ['Thu, 11/19/2026 - 08:00', '2026-11-19T08:00'],
    ['2026年7月6日', '2026-07-06T00:00'],
    ['2026. 7. 6.', '2026-07-06T00:00'],
    ['2026-07-06-08:00', '2026-07-06T00:00'],
    ['2026-07-06Z', '2026-07-06T00:00'],
    ['3. marraskuuta 2026', '2026-11-03T00:00'],
    ['3 listopada 2026 r.', '2026-11-03T00:00'],
    ['3 Nov 2026', '2026-11-03T00:00'],
    ['Tue, 03 Nov 2026', '2026-11-03T00:00'],
    ['03 Nov 2026 GMT', '2026-11-03T00:00'],
    ['November 3rd, 2026', '2026-11-03T00:00'],
    ['Jul 6, 2026 10:00 PM', '2026-07-06T22:00'],
    ['Monday, 06-Jul-26 10:00:00 GMT', '2026-07-06T10:00'],
    ['Mon Jul 06 10:00:00 CEST 2026', '2026-07-06T08:00'],
    ['Mon, 06 Jul 2026 10:00:00 +0200 (CEST)', '2026-07-06T08:00'],
    ['Mon, 06 Jul 2026 10:00:00 GMT+0200', '2026-07-06T08:00'],
    ['Mo, 6. Juli 2026 10:00', '2026-07-06T10:00'],
    ['6 de julio de 2026', '2026-07-06T00:00'],
    ['lun., 6 juil. 2026', '2026-07-06T00:00'],
    ['07.05.2025', '2025-05-07T00:00'],
    ['07-06-2026', '2026-07-06T00:00'],
    ['31/12/2026', '2026-12-31T00:00'],
    ['2026-11-03T24:00:00Z', '2026-11-04T00:00'],
  ])('reads %j', (text, date) => {
    expect(read(text)).toBe(date);
  });

  it.each<[text: string, day: string, habits?: object]>([
    ['3 พ.ย. 2569', '2026-11-03'],
    ['3 พฤศจิกายน 2569', '2026-11-03'],
    ['อ., 03 พ.ย. 2569 10:00:00 +0700', '2026-11-03'],
    ['03/11/2569', '2026-11-03', { isDayFirst: true }],
    ['۱۲ آبان ۱۴۰۵', '2026-11-03'],
    ['1405/08/12', '2026-11-03', { country: 'ir' }],
    ['۱۴۰۵/۰۸/۱۲', '2026-11-03'],
    ['1405-08-12', '2026-11-03', { country: 'ir' }],
    ['3 نوفمبر 2026', '2026-11-03'],
    ['٣ نوفمبر ٢٠٢٦', '2026-11-03'],
    ['03 تشرين الثاني 2026', '2026-11-03'],
    ['民國115年11月3日', '2026-11-03'],
    ['中華民國115年11月03日', '2026-11-03'],
    ['令和8年11月3日', '2026-11-03'],
    ['2026年11月03日 10:00', '2026-11-03'],
    ['2026년 11월 3일', '2026-11-03'],
    ['2026-11-03(화)', '2026-11-03'],
    ['3 नवंबर 2026', '2026-11-03'],
    ['3 בנובמבר 2026', '2026-11-03'],
    ['3 Νοεμβρίου 2026', '2026-11-03'],
    ['3 Νοε 2026', '2026-11-03'],
    ['03 Tháng 11 2026', '2026-11-03'],
    ['ngày 3 tháng 11 năm 2026', '2026-11-03'],
    ['3 Agustus 2026', '2026-08-03'],
    ['2026. okt. 3.', '2026-10-03'],
    ['3 noiembrie 2026', '2026-11-03'],
    ['3 iunie 2026', '2026-06-03'],
    ['3 ianuarie 2026', '2026-01-03'],
    ['3. studenoga 2026.', '2026-11-03'],
    ['3. lipnja 2026.', '2026-06-03'],
    ['3. listopada 2026.', '2026-10-03', { country: 'hr' }],
    ['3 listopada 2026', '2026-11-03'],
    ['3. srpna 2026', '2026-08-03'],
    ['3. srpnja 2026.', '2026-07-03'],
    ['2026 m. lapkričio 3 d.', '2026-11-03'],
    ['2026. gada 3. novembris', '2026-11-03'],
    ['3 de novembre de 2026', '2026-11-03'],
    ['3 de gener de 2026', '2026-01-03'],
    ['3. nóvember 2026', '2026-11-03'],
    ['3 ноември 2026', '2026-11-03'],
    ['3 лістапада 2026', '2026-11-03'],
    ['Tue Nov 03 2026 10:00:00 GMT+0100 (Central European Standard Time)', '2026-11-03'],
    ['mardi 3 novembre 2026 à 10h30', '2026-11-03'],
    ['3 ноября 2026 г.', '2026-11-03'],
    ['Вт, 03 ноя 2026 10:00:00 +0300', '2026-11-03'],
    ['2026-11-03T10:00:00.000+01:00[Europe/Berlin]', '2026-11-03'],
    ['3 août 2026', '2026-08-03'],
    ['3 Maerz 2026', '2026-03-03'],
    ['1405-08-12', 'none'],
    ['12 صفر 1448', 'none'],
  ])('reads %s, in whatever language and calendar', (text, day, habits = {}) => {
    expect(read(text, { isDayFirst: false, ...habits })?.slice(0, 10) ?? 'none').toBe(day);
  });

  it('reads every month after every weekday', () => {
    for (let day = 0; day < 366; day += 1) {
      const date = new Date(Date.UTC(2026, 0, 1 + day));
      expect([date, read(date.toUTCString())]).toEqual([date, date.toISOString().slice(0, 16)]);
    }
    for (const month of Array(12).keys()) {
      const date = new Date(Date.UTC(2026, month, 3));
      for (const language of [
        ...['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'sv', 'da', 'ru', 'pl', 'cs', 'uk'],
        ...['tr', 'fi', 'nb'],
      ]) {
        const form = { dateStyle: 'full', timeZone: 'UTC' } as const;
        const text = new Intl.DateTimeFormat(language, form).format(date);
        expect([text, read(text)]).toEqual([text, date.toISOString().slice(0, 16)]);
      }
    }
  });

  it.each([
    ...['2026-11-31', 'Tue, 31 Nov 2026 00:00:00 GMT', '31/11/2026', '2026-13-01', '2025-02-29'],
    ...[
      'Spring 2027',
      '1970-01-01T00:00:00Z',
      'December 2026',
      '2026-01',
      '2026',
      'Q3 2026',
      'soon',
      '',
      '6 Jul',
    ],
    ...['Published Fri May 15, 2026', '2026-07-06T25:00:00Z', '0026-07-06', 'Winter 1 2027'],
  ])('takes %j for no date', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it.each([
    ['EST', '15:00'],
    ['PDT', '17:00'],
    ['CET', '09:00'],
    ['CEST', '08:00'],
    ['BST', '09:00'],
    ['JST', '01:00'],
    ['AEST', '00:00'],
    ['UT', '10:00'],
    ['A', '10:00'],
    ['XYZ', '10:00'],
  ])('knows the zone %s', (zone, time) => {
    expect(read(`Mon, 06 Jul 2026 10:00:00 ${zone}`)).toBe(`2026-07-06T${time}`);
  });

  it.each([
    ['IST', { country: 'in' }, '04:30'],
    ['IST', { country: 'ie' }, '09:00'],
    ['IST', { country: 'il' }, '08:00'],
    ['CST', { country: 'cn' }, '02:00'],
    ['CST', {}, '16:00'],
    ['EST', { country: 'au' }, '00:00'],
  ])('reads %s by the country %j', (zone, habits, time) => {
    expect(read(`Mon, 06 Jul 2026 10:00:00 ${zone}`, habits)).toBe(`2026-07-06T${time}`);
  });

  it('says why it read none', () => {
    expect(parseDate('Mon, 06 Jul 2026 10:00:00 IST')).toEqual({
      why: 'The zone IST is several, and nothing says which country the feed is of.',
    });
    expect(parseDate('2026-11-31')).toEqual({ why: 'There is no such day.' });
    expect(parseDate('Spring 2027')).toEqual({ why: 'It names no day.' });
  });

  it('never throws, and what it reads is a date', () => {
    const piece = fc.constantFrom(
      '2026',
      '7',
      '-',
      ' ',
      'Jul',
      ':',
      '10',
      'Z',
      '+0200',
      'T',
      ',',
      'x',
    );
    void fc.assert(
      fc.property(fc.array(piece), fc.string(), (pieces, end) => {
        const date = readDate(pieces.join('') + end);
        if (date) expect(Number.isNaN(date.getTime())).toBe(false);
      }),
    );
  });

  it.each(['Asia/Tokyo', 'America/Los_Angeles'])('reads the same where it runs in %s', (TZ) => {
    const code = `import { readDate } from './src/feeds/texts/dates.ts';
      console.log(JSON.stringify(['3 Nov 2026', '2026-07-06', 'Jul 6, 2026 10:00 PM'].map((text) => readDate(text))));`;
    const call = ['--import', 'tsx', '--input-type=module', '--eval', code];
    const said = execFileSync(process.execPath, call, { env: { ...process.env, TZ } });
    expect(JSON.parse(String(said))).toEqual([
      '2026-11-03T00:00:00.000Z',
      '2026-07-06T00:00:00.000Z',
      '2026-07-06T22:00:00.000Z',
    ]);
  });
});

describe('learnDates', () => {
  const none: string[] = [];
  it.each([
    ['de', none, true],
    ['en-GB', none, true],
    ['en-US', none, false],
    ['', none, false],
    ['en-US', ['07/05/2025', '31/05/2025'], true],
    ['de', ['07/05/2025', '07/31/2025'], false],
  ])('finds the order of a feed in %j with %j', (language, dates, isDayFirst) => {
    expect(learnDates(dates, { language, addresses: [] }).isDayFirst).toBe(isDayFirst);
  });

  it.each([
    ['en-IN', none, 'in'],
    ['he', none, 'il'],
    ['en', ['https://j.example/feed', 'https://journals.example.ie/'], 'ie'],
    ['en', ['https://j.example/feed'], undefined],
  ])('finds the country of a feed in %j of %j', (language, addresses, country) => {
    expect(learnDates([], { language, addresses }).country).toBe(country);
  });
});
