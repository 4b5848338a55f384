import { CommandError } from '../../../src/commands/command.ts';
import { ArgumentError } from '../../../src/commands/faults.ts';
import { AddressError } from '../../../src/core/reader/address.ts';
import { findProblem } from '../../../src/http/api/faults.ts';
import { problemOf } from '../../../src/http/api/problem.ts';
import { ResendRefused } from '../../../src/steps/resend/scope.ts';

describe('the problem of a fault', () => {
  it.each([
    ['missing', 404],
    ['conflict', 409],
    ['forbidden', 403],
    ['refused', 422],
  ] as const)('that is %s has the status %i', (kind, status) => {
    const problem = findProblem(new CommandError('there is no feed x\nlist them first', kind));
    expect(problem).toEqual({ status, title: 'There is no feed x', detail: 'list them first' });
  });

  it('of arguments names each', () => {
    const faults = [{ field: 'days.1', message: 'must be a weekday' }];
    expect(findProblem(new ArgumentError(faults))).toEqual({
      status: 400,
      title: 'Some arguments cannot be used.',
      errors: faults,
    });
  });

  it('of what a step refuses has its words', () => {
    expect(findProblem(new ResendRefused('say which'))).toMatchObject({ status: 422 });
    expect(findProblem(new AddressError('no address'))).toMatchObject({ title: 'No address' });
  });

  it('that is ours says nothing of it', () => {
    expect(findProblem(new Error('password=secret'))).toBeUndefined();
    expect(JSON.stringify(problemOf(503, new Error('password=secret')))).not.toContain('secret');
  });
});
