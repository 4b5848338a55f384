/** A vendor of relays, as far as it treats a letter in a way of its own. */
export interface Vendor {
  readonly name: string;
  /** Its SMTP hosts. */
  readonly hosts: RegExp;
  /** What it replaces of what it is given, so that a signature of ours would break there. */
  readonly changes?: string;
  /** The field by which it hands our own id back with what it tells of a message. */
  readonly mark?: (reference: string) => string;
  /** Where that was seen. */
  readonly seen: string;
}

/** As of 2026-11. */
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
    mark: (reference) => `X-Mailin-custom: ${reference}`,
    seen: 'PHPMailer/PHPMailer#2859; mails in the archive of git@vger.kernel.org, 2024-01 (Origin-messageId)',
  },
  {
    name: 'Postmark',
    hosts: /^smtp(-broadcasts)?\.postmarkapp\.com$/,
    changes: 'Message-ID',
    mark: (reference) => `X-PM-Metadata-delivery: ${reference}`,
    seen: 'symfony/mailer PostmarkSmtpTransport.php, which has to ask it not to (X-PM-KeepID)',
  },
  {
    name: 'Microsoft 365 and Outlook.com',
    hosts: /^smtp(-mail)?\.(office365|outlook)\.com$/,
    changes: 'Message-ID',
    seen: 'chatmail/core#3077; mails in the archive of linux-acpi@vger.kernel.org, 2024-04 (X-Microsoft-Original-Message-ID)',
  },
  {
    name: 'Mailgun',
    hosts: /^smtp(\.eu)?\.mailgun\.org$/,
    mark: (reference) => `X-Mailgun-Variables: {"delivery":"${reference}"}`,
    seen: 'documentation.mailgun.com, "Passing data to webhooks"; anymail/django-anymail 15.1',
  },
  {
    name: 'SendGrid',
    hosts: /^smtp(\.eu)?\.sendgrid\.net$/,
    mark: (reference) => `X-SMTPAPI: {"unique_args":{"delivery":"${reference}"}}`,
    seen: 'docs.sendgrid.com, "Unique arguments"; anymail/django-anymail 15.1',
  },
  {
    name: 'SparkPost',
    hosts: /^smtp(\.eu)?\.sparkpostmail\.com$/,
    mark: (reference) => `X-MSYS-API: {"metadata":{"delivery":"${reference}"}}`,
    seen: 'developers.sparkpost.com, "SMTP API"; anymail/django-anymail 15.1',
  },
  {
    name: 'Emailit',
    hosts: /^smtp\.emailit\.com$/,
    changes: 'Message-ID, Date and Subject',
    seen: 'emailit.com/docs/smtp/headers',
  },
];

/** The vendor that a host is of, where it is one that treats letters in a way of its own. */
export function vendorOf(host: string): Vendor | undefined {
  return vendors.find(({ hosts }) => hosts.test(host.toLowerCase()));
}
