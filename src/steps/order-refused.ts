/** An order that cannot be done; the message says why, and what to do. */
export class OrderRefused extends Error {
  override readonly name = 'OrderRefused';
  /** `missing`: what it is about is not there. `conflict`: it is in another state than this needs. `refused`: anything else. */
  readonly kind: 'missing' | 'conflict' | 'refused';

  constructor(message: string, kind: OrderRefused['kind'] = 'refused') {
    super(message);
    this.kind = kind;
  }
}
