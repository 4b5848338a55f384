/** Why there is no answer: `late`, `gone`, `busy`, `refused` (it will not do it at all) or `wrong` (no answer to this). */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly kind: 'late' | 'gone' | 'busy' | 'refused' | 'wrong';

  constructor(kind: ModelError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}
