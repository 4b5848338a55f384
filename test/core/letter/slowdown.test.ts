import {
  type ConfirmationRates,
  findSlowdowns,
  type SlowScope,
} from '../../../src/core/letter/slowdown.ts';

const rates = (scope: SlowScope, given: Partial<ConfirmationRates>): ConfirmationRates => ({
  scope,
  tried: 0,
  refused: 0,
  places: 1,
  domains: 1,
  ...given,
});

describe('findSlowdowns', () => {
  it.each([
    ['place', { tried: 5, refused: 5 }, true],
    ['place', { tried: 10, refused: 5, domains: 5 }, true],
    ['place', { tried: 11, refused: 5 }, false],
    ['place', { tried: 4, refused: 4, domains: 4 }, false],
    ['domain', { tried: 5, refused: 5, places: 3 }, true],
    ['domain', { tried: 1_000, refused: 1_000, places: 2 }, false],
    ['domain', { tried: 1_000, refused: 499, places: 100 }, false],
    ['all', { tried: 40, refused: 20, places: 5, domains: 5 }, true],
    ['all', { tried: 19, refused: 19, places: 19, domains: 19 }, false],
    ['all', { tried: 20, refused: 20, places: 4, domains: 20 }, false],
    ['all', { tried: 20, refused: 20, places: 20, domains: 4 }, false],
  ] as const)('slows %s where %j: %s', (scope, given, slows) => {
    expect(findSlowdowns([rates(scope, given)])).toEqual(slows ? [scope] : []);
  });

  it('leaves a domain and everybody else alone whatever one visitor types', () => {
    for (let refused = 0; refused < 500; refused += 1) {
      const given = { tried: refused, refused, domains: refused };
      const scopes = (['all', 'place', 'domain'] as const).map((scope) => rates(scope, given));
      expect(findSlowdowns(scopes)).toEqual(refused < 5 ? [] : ['place']);
    }
  });

  it('says nothing where nothing was tried', () => {
    expect(findSlowdowns([])).toEqual([]);
  });
});
