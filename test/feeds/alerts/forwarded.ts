/** Forms in which mail programs forward a mail. Source: ../../shared/cases/alerts.md, 1. */

interface Quoted {
  readonly from: string;
  readonly subject: string;
  readonly html: string;
}

/** Inline, as Gmail does: a head in words above the mail. */
export const forwardedInline = ({ from, subject, html }: Quoted, by: string) => ({
  from: by,
  subject: `Fwd: ${subject}`,
  html: `<div dir="ltr">see<br><div class="gmail_quote"><div dir="ltr">---------- Forwarded message ---------<br>From: <strong>Somebody</strong> <span>&lt;<a href="mailto:${from}">${from}</a>&gt;</span><br>Date: Mon, Mar 2, 2026<br>Subject: ${inHtml(subject)}<br>To: &lt;<a href="mailto:${by}">${by}</a>&gt;<br></div><br><br>${html}</div></div>`,
});

/** The same by Outlook of a tenant: each link within two layers of SafeLinks, its head in German. */
export const forwardedByOutlook = ({ from, subject, html }: Quoted, by: string) => ({
  from: by,
  subject: `WG: ${subject}`,
  html: `<p>siehe unten</p><div><p><b>Von:</b> Somebody &lt;${from}&gt;<br><b>Gesendet:</b> Montag, 2. März 2026<br><b>An:</b> ${by}<br><b>Betreff:</b> ${inHtml(subject)}</p></div>${html.replace(/href="([^"]+)"/g, (_, link: string) => `href="${safe(safe(link))}"`)}`,
});

function safe(link: string): string {
  const url = encodeURIComponent(link.replaceAll('&amp;', '&'));
  return `https://eur02.safelinks.protection.outlook.com/?url=${url}&amp;data=05%7C02%7Creader%40example.org%7Cabc&amp;reserved=0`;
}

const inHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Whole mails, attached to one. */
export const forwardedAttached = (mails: readonly (string | Buffer)[], by: string): Buffer =>
  Buffer.concat([
    Buffer.from(
      `From: ${by}\r\nSubject: Fwd: alerts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=parted-7\r\n\r\n--parted-7\r\nContent-Type: text/plain\r\n\r\nsee these\r\n`,
    ),
    ...mails.flatMap((mail) => [
      Buffer.from('--parted-7\r\nContent-Type: message/rfc822\r\n\r\n'),
      Buffer.from(mail),
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--parted-7--\r\n'),
  ]);
