import PostalMime, { type Email } from 'postal-mime';
import { firstLines } from '../../core/text/first-lines.ts';
import type { Alert, AlertMail } from './alert.ts';
import { type Confirmation, readConfirmation } from './confirmations.ts';
import { findKind, readAlert } from './read-alert.ts';

/** What a mail to an address for alerts turned out to be. */
export interface ReadMail {
  /** The address in From; empty where there is none. */
  readonly from: string;
  readonly subject: string;
  /** Who must have signed it for it to be a service's own mail; empty where it says that it is somebody else's. */
  readonly signers: readonly string[];
  /** The kind of its own sender, whether or not a paper was found. */
  readonly kind?: string;
  /** It leads to pages of this site: what comes of our own letters would come round for ever. */
  readonly isOurs: boolean;
  readonly confirmation?: Confirmation;
  readonly alerts: readonly Alert[];
}

const LIMITS = { forceRfc822Attachments: true, maxNestingDepth: 50, maxHeadersSize: 512 * 1024 };
/** The fullest mail that was seen has 10,000. */
const MOST_LINES = 100_000;
/** Mails that are attached, as programs forward several at once. */
const MOST_ATTACHED = 20;

/**
 * Reads a mail as it came, and those attached to it: what it asks its owner to confirm, else the
 * papers that each of them names. `site` is where our own pages are. Rejects where it is no mail.
 */
export async function readAlertMail(raw: Uint8Array, site?: string): Promise<ReadMail> {
  const mail = await PostalMime.parse(firstLines(raw, MOST_LINES), LIMITS);
  const own = toAlertMail(mail);
  const confirmation = readConfirmation(own);
  const { from, subject } = own;
  if (confirmation) {
    const { signers, ...asked } = confirmation;
    return { from, subject, signers, isOurs: false, confirmation: asked, alerts: [] };
  }
  const attached = mail.attachments
    .filter(({ mimeType }) => mimeType === 'message/rfc822')
    .slice(0, MOST_ATTACHED);
  const others = await Promise.all(
    attached.map(async ({ content }) => toAlertMail(await PostalMime.parse(content, LIMITS))),
  );
  const all = [own, ...others];
  const isOurs = site !== undefined && all.some((each) => leadsTo(each, `${site}/`));
  const alerts = isOurs ? [] : all.flatMap((each) => readAlert(each) ?? []);
  const kind = findKind(own);
  const of = kind && { kind: kind.id };
  return { from, subject, signers: kind?.signers ?? [], ...of, isOurs, alerts };
}

const leadsTo = ({ html = '', text = '' }: AlertMail, site: string) =>
  html.includes(site) || text.includes(site);

function toAlertMail({ from, subject = '', html, text }: Email): AlertMail {
  return {
    from: from?.address ?? '',
    subject,
    ...(html && { html }),
    ...(text && { text }),
  };
}
