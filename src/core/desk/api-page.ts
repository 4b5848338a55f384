/** `/api`: the document of the API, to read. All of it is site: the same for everyone. */
export interface ApiPage {
  readonly documentLink: string;
  /** What holds for every operation. */
  readonly guide: readonly { readonly heading: string; readonly text: string }[];
  readonly groups: readonly ApiGroup[];
  /** Shapes that several answers share. */
  readonly shapes: readonly { readonly name: string; readonly fields: readonly ApiField[] }[];
}

/** What is about one thing. */
export interface ApiGroup {
  readonly name: string;
  readonly operations: readonly ApiOperation[];
}

/** One operation. */
export interface ApiOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** Absent where there is no more to say. */
  readonly description?: string;
  /** What a key must be allowed; absent where it takes none. */
  readonly right?: string;
  /** In the path, the query and the headers. */
  readonly parameters: readonly ApiField[];
  /** Absent where there is none. */
  readonly body?: { readonly type: string; readonly fields: readonly ApiField[] };
  readonly answers: readonly ApiAnswer[];
  readonly example: string;
}

/** A good answer of an operation. */
export interface ApiAnswer {
  readonly status: string;
  /** What it is, in a few words. */
  readonly what: string;
  /** Where its shape has a name: the place on this page. */
  readonly link?: string;
  readonly fields: readonly ApiField[];
}

/** One named value. */
export interface ApiField {
  readonly name: string;
  readonly type: string;
  /** Where its type is a shape with a name: the place on this page. */
  readonly link?: string;
  /** `required`, `in the path`, what is assumed; absent where nothing is to be said. */
  readonly note?: string;
  readonly description?: string;
}
