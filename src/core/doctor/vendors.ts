/** A vendor whose relay changes fields that we sign, so that a signature of ours would break there. */
export interface Vendor {
  readonly name: string;
  /** Its SMTP hosts. */
  readonly hosts: RegExp;
  /** What it replaces of what it is given. */
  readonly changes: string;
  /** Where that was seen. */
  readonly seen: string;
}

/** Vendors that must sign by themselves, as of 2026-11. */
export const vendors: readonly Vendor[] = [
  {
    name: 'Amazon SES',
    hosts: /^email-smtp(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|api\.aws)$/,
    changes: 'Message-ID and Date',
    seen: 'docs.aws.amazon.com/ses/latest/dg/header-fields.html, "overrides"',
  },
  {
    name: 'Brevo',
    hosts: /^smtp-relay\.(brevo|sendinblue)\.com$/,
    changes: 'Message-ID, and adds List-Unsubscribe-Post',
    seen: 'PHPMailer/PHPMailer#2859; mails in the archive of git@vger.kernel.org, 2024-01 (Origin-messageId)',
  },
  {
    name: 'Postmark',
    hosts: /^smtp(-broadcasts)?\.postmarkapp\.com$/,
    changes: 'Message-ID',
    seen: 'symfony/mailer PostmarkSmtpTransport.php, which has to ask it not to (X-PM-KeepID)',
  },
  {
    name: 'Microsoft 365 and Outlook.com',
    hosts: /^smtp(-mail)?\.(office365|outlook)\.com$/,
    changes: 'Message-ID',
    seen: 'chatmail/core#3077; mails in the archive of linux-acpi@vger.kernel.org, 2024-04 (X-Microsoft-Original-Message-ID)',
  },
  {
    name: 'Emailit',
    hosts: /^smtp\.emailit\.com$/,
    changes: 'Message-ID, Date and Subject',
    seen: 'emailit.com/docs/smtp/headers',
  },
];

/** The vendor that a host is of, where it is one that changes what we sign. */
export function vendorOf(host: string): Vendor | undefined {
  return vendors.find(({ hosts }) => hosts.test(host.toLowerCase()));
}
