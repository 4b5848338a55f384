/** What can be evaluated: each is one function of the service, run as the service runs it. */
export interface Subject {
  /** Writes a prediction a row for what a file holds, in the form that the scorers read. */
  predict(options: Options & { readonly input: string; readonly output: string }): void;
  /** Prints the figures of the data in a folder. */
  measure(options: Options): void;
}

/** What may be said on the command line. */
export interface Options {
  /** The folder with a folder for each split. */
  readonly data: string;
  /** Of the data: `dev`, or another split. */
  readonly split: string;
  /** Predictions to compare with. */
  readonly against?: string | undefined;
  /** So many cases, evenly spread; all where it is absent. */
  readonly cases?: number | undefined;
  /** One set of those that a subject has. */
  readonly task?: string | undefined;
  /** By what is ranked: `votes`, `topics` or `both`. */
  readonly by: string;
  /** A day whose groups are printed with their titles, or `sample`. */
  readonly show?: string | undefined;
}
