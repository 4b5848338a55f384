import { readIds } from '../../../src/core/paper/identifier.ts';
import { foldLink } from '../../../src/core/paper/link.ts';

const PAGE = 'https://www.j.example/article/view/12';

describe('foldLink', () => {
  it.each([
    ...['?source=rss', '?ref=feedly', '?cmpid=rss', '?xtor=RSS-1', '?src=rss', '?partner=rss'],
    ...['?WT.mc_id=x1', '?_hsenc=p2&_hsmi=12', '?at_medium=RSS&at_campaign=x', '?oly_enc_id=1'],
    ...['?casa_token=Abc-1:xyz', '?needAccess=true', '?cookieSet=1', '?rskey=abc', '?etoc'],
    ...['?mkt_tok=1', '?spm=a1.b2', '?msclkid=1a', '?__cf_chl_tk=abc', '?from_rss=1', '?cct=2139'],
    ...[';jsessionid=AB12.node1', ';sid=0a1b2c3d4e5f60718293', '?PHPSESSID=1', '/', '/?', '#top'],
  ])('takes %s behind an address for nothing', (tail) => {
    expect(foldLink(PAGE + tail)).toBe(foldLink(PAGE));
  });

  it.each([
    ['/(S(abcdefghij1234567890klmn))/a.aspx?id=1', '/(S(zzzzzzzzzz1234567890klmn))/a.aspx?id=1'],
    ['/%7Ea/x', '/~a/x'],
    ['/a%2fb', '/a%2Fb'],
    ['/a?b=1&a=2', '/a?a=2&b=1'],
    ['//a//b', '/a/b'],
    ['/a?s=0a1b2c3d4e5f60718293a4b5', '/a?s=1b1b2c3d4e5f60718293a4b5'],
  ])('takes %s and %s for one', (one, other) => {
    expect(foldLink(`https://j.example${one}`)).toBe(foldLink(`http://www.j.example${other}`));
  });

  it.each([
    ['?id=1', '?id=2'],
    ['?source=12', '?source=13'],
    ['?from=2', '?from=3'],
    ['?v=1', '?v=2'],
    ['?s=7', '?s=8'],
    ['?session=7', '?session=8'],
    ['?ref=12', '?ref=13'],
    ['?cid=feedback', '?cid=feeding'],
  ])('parts %s from %s', (one, other) => {
    expect(foldLink(PAGE + one)).not.toBe(foldLink(PAGE + other));
  });
});

describe('versions', () => {
  it.each([
    ['10.14293/PR2199.000123.v2', '10.14293/pr2199.000123', 2],
    ['10.31124/advance.12345678.v2', '10.31124/advance.12345678', 2],
    ['10.35241/emeraldopenres.12345.2', '10.35241/emeraldopenres.12345', 2],
    ['10.1099/acmi.0.000123.v3', '10.1099/acmi.0.000123', 3],
    ['10.17504/protocols.io.abcd1234/v3', '10.17504/protocols.io.abcd1234', 3],
    ['https://chinaxiv.org/abs/202611.00001v2', '10.12074/202611.00001', 2],
    ['https://osf.io/preprints/edarxiv/abcde_v2', '10.35542/osf.io/abcde', 2],
  ])('reads %s as one of %s', (link, doi, version) => {
    expect(readIds({ explicit: [link] })).toMatchObject({ ids: { doi }, version });
  });
});
