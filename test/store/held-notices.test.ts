import { heldByBreaker } from '../../src/core/letter/notices.ts';
import { slowdownsSchema } from '../../src/store/schema/0017-slowdowns.ts';

describe('the index of what the breaker does not hold', () => {
  it('is about the notices that it does not hold', () => {
    const index = slowdownsSchema.find((statement) => statement.includes('delivery_unheld'));
    const names = heldByBreaker.map((name) => `'${name}'`).join(', ');
    expect(index).toContain(`coalesce(notice, '') not in (${names})`);
  });
});
