import type { Language } from '../words/words.ts';
import type { SenderView } from './digest-view.ts';

/** The mail templates as Handlebars text, MJML done. */
export interface TemplateSources {
  readonly digestHtml: string;
  readonly digestText: string;
  readonly noticeHtml: string;
  readonly noticeText: string;
  /** Absent in renderings of versions without announcements: none was sent by them. */
  readonly announcementHtml?: string;
  readonly announcementText?: string;
}

/**
 * Templates and settings that a message is rendered with. They are stored by hash with
 * the digest, so that it stays the same message after either has changed.
 */
export interface Rendering {
  /** Of the Paperround that made it: its text helpers belong to what is rendered. */
  readonly version: string;
  /** Absent where an older version made it, in English. */
  readonly language?: Language;
  readonly templates: TemplateSources;
  readonly sender: SenderView;
  /** The bare address of the From header. */
  readonly from: string;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  /** What paths of pages for all begin with; absent in the site's own language. */
  readonly webPath?: string;
  /** True on a site for members only: links to its pages are the reader's own. */
  readonly isForMembers?: boolean;
  /** Where answers of mail servers come back to; absent where nothing listens. */
  readonly inboundDomain?: string;
  /** Where providers may send complaints; absent where the message is not signed here. */
  readonly reportAddress?: string;
}
