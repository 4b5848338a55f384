/** A page of the operator's own words that law asks for. */
export interface LegalPage {
  readonly path: '/imprint' | '/privacy';
  /** What it is called, in the catalogue. */
  readonly title: 'mail.imprint' | 'mail.privacy';
  /** A file in Markdown. */
  readonly file: string;
}

/** Those that are set; a link to each stands at the foot of every page and mail. */
export function listLegalPages({
  imprintFile,
  privacyFile,
}: {
  readonly imprintFile: string | undefined;
  readonly privacyFile: string | undefined;
}): LegalPage[] {
  return [
    ...(imprintFile
      ? [{ path: '/imprint', title: 'mail.imprint', file: imprintFile } as const]
      : []),
    ...(privacyFile
      ? [{ path: '/privacy', title: 'mail.privacy', file: privacyFile } as const]
      : []),
  ];
}
