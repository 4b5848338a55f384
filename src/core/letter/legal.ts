/** A page of the operator's own words that law asks for. */
export interface LegalPage {
  readonly path: '/imprint' | '/privacy';
  readonly title: string;
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
    ...(imprintFile ? [{ path: '/imprint', title: 'Imprint', file: imprintFile } as const] : []),
    ...(privacyFile ? [{ path: '/privacy', title: 'Privacy', file: privacyFile } as const] : []),
  ];
}
