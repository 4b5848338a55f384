import type { DigestLinks, DigestView, SenderView } from '../core/letter/digest-view.ts';

/** What the digest templates are filled with. */
export interface DigestMail {
  readonly digest: DigestView;
  readonly links: DigestLinks;
  readonly sender: SenderView;
  readonly subject: string;
  /** The hidden line that inboxes show beside the subject. */
  readonly preheader: string;
  /** True for "view in browser": no reasons, nothing that acts or tells who reads. */
  readonly isWeb: boolean;
}

/** What the announcement templates are filled with. */
export interface AnnouncementMail {
  readonly sender: SenderView;
  readonly subject: string;
  readonly body: {
    /** Made of Markdown by us: nothing of it is escaped. */
    readonly html: string;
    readonly text: string;
  };
  readonly isService: boolean;
  readonly links: Pick<DigestLinks, 'home' | 'preferences' | 'unsubscribe'>;
}

/** What the notice templates are filled with. */
export interface NoticeMail {
  readonly sender: SenderView;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly button?: { readonly label: string; readonly url: string };
  /** Something to read on the site. */
  readonly more?: { readonly label: string; readonly url: string };
  readonly links: Pick<DigestLinks, 'home' | 'preferences' | 'unsubscribe'>;
}
