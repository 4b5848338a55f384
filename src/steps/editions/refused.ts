/** What cannot be done with an edition or a paper; the message says why and what to do. */
export class EditionRefused extends Error {
  override readonly name = 'EditionRefused';
  /** `missing`: it is not there. `conflict`: it is in another state than this needs. `refused`: anything else. */
  readonly kind: 'missing' | 'conflict' | 'refused';

  constructor(message: string, kind: EditionRefused['kind'] = 'refused') {
    super(message);
    this.kind = kind;
  }
}
