import type { DeskChoice } from './frame.ts';

/** `/admin/settings`: the configuration, to read. */
export interface SettingsPage {
  /** Names that are set and that nothing reads, a sentence each. */
  readonly unknown: readonly { readonly name: string; readonly value: string }[];
  /** What differs from its default. */
  readonly set: readonly { readonly name: string; readonly value: string }[];
  /** What holds because nothing else was said; the value is empty where nothing does. */
  readonly defaults: readonly { readonly name: string; readonly value: string }[];
}

/** `/admin/templates`: which are the operator's own, and what an edition looks like by them. */
export interface TemplatesPage {
  /** The operator's folder; absent where there is none. */
  readonly folder?: string;
  readonly own: readonly { readonly name: string; readonly path: string }[];
  /** Names of those that are ours. */
  readonly ours: readonly string[];
  readonly editions: readonly DeskChoice[];
  readonly schemes: readonly DeskChoice[];
  /** Whose digest is asked for, as typed; empty for someone without wishes. */
  readonly address: string;
  /** Why there is nothing to see. */
  readonly problem?: string;
  /** The digest of the chosen edition; absent where there is none. */
  readonly shown?: {
    readonly subject: string;
    readonly text: string;
    /** `31.4 kB of 80 kB`, as it goes out. */
    readonly size: string;
    /** Address of the digest as HTML. */
    readonly link: string;
  };
}

/** `/admin/audit`: who changed what. */
export interface AuditPage {
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly entries: readonly {
    readonly when: string;
    readonly actor: string;
    readonly action: string;
    readonly subject: string;
    readonly detail?: string;
  }[];
  readonly moreLink?: string;
}
