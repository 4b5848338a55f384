/** What an answer gave, and how many tokens it was said to cost. */
export interface ModelAnswer<Value> {
  readonly value: Value;
  /** Undefined where the endpoint does not say, or says nonsense. */
  readonly tokens: number | undefined;
}
