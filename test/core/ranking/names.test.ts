import fc from 'fast-check';
import {
  compareNames,
  findFollowed,
  indexNames,
  parseName,
} from '../../../src/core/ranking/names.ts';

const find = (followed: string, printed: string) =>
  findFollowed(indexNames([[{ name: printed }]]), followed).get(0);

describe('the names of authors', () => {
  it.each([
    ['Jane Smith', 'J. Smith'],
    ['Jane Smith', 'Smith, Jane'],
    ['Jane Smith', 'Smith, J.'],
    ['Jane Smith', 'Jane Q. Smith'],
    ['Jane Q. Smith', 'J.Q. Smith'],
    ['Jane Q. Smith', 'JQ Smith'],
    ['Jane Smith', 'JANE SMITH'],
    ['Jane Smith', 'Jane Smith, Jr.'],
    ['José Pérez', 'Jose Perez'],
    ['Jürgen Müller', 'Juergen Mueller'],
    ['Jürgen Müller', 'Jurgen Muller'],
    ['Jan van der Berg', 'J. van der Berg'],
    ['Jan van der Berg', 'van der Berg, Jan'],
    ['Jan van der Berg', 'Jan Vanderberg'],
    ['María de la Cruz', 'Maria de la Cruz'],
    ['Jean-Pierre Serre', 'J.-P. Serre'],
    ['Jean-Pierre Serre', 'Jean Pierre Serre'],
    ['Ana García-López', 'A. Garcia-Lopez'],
    ["Siobhán O'Neill", 'Siobhan O’Neill'],
    ['Li Wei', 'Wei, Li'],
    ['山田太郎', '山田太郎'],
  ])('finds %s as %s', (followed, printed) => {
    expect(find(followed, printed)).toMatchObject({ followed, printed });
    expect(find(printed, followed)).toBeDefined();
  });

  it.each([
    ['Jane Smith', 'Adam Smith'],
    ['Jane Smith', 'A. Smith'],
    ['Jane Smith', 'Smith Jones'],
    ['Jane Smith', 'Jane Smithson'],
    ['Jane Q. Smith', 'Jane R. Smith'],
    ['Wei Li', 'Li Wei'],
    ['Wei Xu', 'Wei Xue'],
    ['Yu Wang', 'Yue Wang'],
    ['Jane Smith', ''],
    ['', 'Jane Smith'],
    ['…', '…'],
  ])('does not take %s for %s', (followed, printed) => {
    expect(find(followed, printed)).toBeUndefined();
  });

  it('says where only an initial tells who it is', () => {
    expect(find('Jane Smith', 'Jane Smith')?.isSure).toBe(true);
    expect(find('Jane Smith', 'J. Smith')?.isSure).toBe(false);
    expect(find('Smith', 'Jane Smith')?.isSure).toBe(false);
  });

  it('compares alike in both directions, and every name with itself', () => {
    const word = fc.constantFrom(
      'jane',
      'j',
      'jan',
      'van',
      'de',
      'smith',
      'li',
      'Q.',
      'Ö',
      "o'",
      '',
    );
    const name = fc.array(word, { maxLength: 5 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(name, name, (a, b) => {
        const [one, two] = [parseName(a), parseName(b)];
        expect(compareNames(one, two)).toBe(compareNames(two, one));
        expect(compareNames(one, one)).not.toBe('other');
      }),
    );
  });
});
