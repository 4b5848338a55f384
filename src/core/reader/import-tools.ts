/**
 * What the exports of other tools look like, as data: by which columns each is known, what each
 * column becomes here, and what its words of state mean. Heads and words are compared folded
 * (`foldHead`): case, accents and what stands between words tell nothing. Dates without an offset
 * are read as UTC, in which Mailchimp, beehiiv, Kit and listmonk write them.
 */
import type { FileColumn } from './import-row.ts';

/** What a word of state says of somebody: they get mail there, never confirmed there, or left. */
export type Standing = 'active' | 'waiting' | 'left';

/** What a column becomes. */
export type ColumnUse =
  | FileColumn
  /** When they came there: no confirmation, but the date of the operator's word. */
  | 'joined_at'
  /** They left, where it holds anything but a word for no. */
  | 'left'
  /** They left, where it holds a word for no. */
  | 'stays'
  /** They never confirmed, where it holds a word for no. */
  | 'confirmed'
  | 'nothing';

/** What is known of a tool's files. */
export interface ImportTool {
  readonly name: string;
  /** Each list of heads is enough by itself; none for files that have no heads. */
  readonly knownBy: readonly (readonly string[])[];
  /** In the order in which they are asked, where several become one. */
  readonly columns: Readonly<Record<string, ColumnUse>>;
  readonly words?: Readonly<Record<string, Standing>>;
  /** Year, month, day, hour, minute and second of the day they came, each a column. */
  readonly joinedIn?: readonly string[];
  /** `12-04-2022` is in April. */
  readonly isDayFirst?: true;
  /** Where its files were seen. */
  readonly seen: string;
}

/** The tools whose files are known by their columns. */
export const importTools: readonly ImportTool[] = [
  {
    name: 'Paperround',
    knownBy: [['address', 'confirmed_at', 'cross_lists']],
    columns: { address: 'address' },
    seen: 'our own export',
  },
  {
    name: 'Ghost',
    knownBy: [['email', 'subscribed_to_emails']],
    columns: {
      email: 'address',
      subscribed_to_emails: 'stays',
      deleted_at: 'left',
      created_at: 'joined_at',
    },
    seen: "Ghost's tests of its export of members, 2026",
  },
  {
    name: 'Mailchimp',
    knownBy: [
      ['MEMBER_RATING', 'OPTIN_TIME'],
      ['OPTIN_TIME', 'CONFIRM_TIME'],
      ['LEID', 'EUID'],
    ],
    columns: {
      'Email Address': 'address',
      CONFIRM_TIME: 'confirmed_at',
      OPTIN_TIME: 'confirmed_at',
      UNSUB_TIME: 'left',
      CLEAN_TIME: 'left',
      TIMEZONE: 'zone',
    },
    words: { 'non-subscribed': 'waiting', nonsubscribed: 'waiting', archived: 'left' },
    seen: 'TryGhost/migrate, packages/mg-mailchimp-members: subscribed, unsubscribed, cleaned',
  },
  {
    name: 'Substack',
    knownBy: [
      ['email', 'email_disabled'],
      ['email', 'active_subscription', 'first_payment_at'],
    ],
    columns: { email: 'address', email_disabled: 'left', created_at: 'joined_at' },
    seen: 'TryGhost/migrate, packages/mg-substack-members-csv',
  },
  {
    name: 'listmonk',
    knownBy: [
      ['uuid', 'email', 'attributes', 'status'],
      ['uuid', 'email', 'status', 'updated_at'],
    ],
    columns: { email: 'address', status: 'state', created_at: 'joined_at' },
    words: { enabled: 'active', disabled: 'left', blocklisted: 'left', blacklisted: 'left' },
    seen: 'knadh/listmonk, cmd/subscribers.go: the state of the person, not of the list',
  },
  {
    name: 'Buttondown',
    knownBy: [
      ['unsubscription_date'],
      ['undeliverability_date'],
      ['email_address', 'type', 'creation_date'],
      ['email', 'type', 'creation_date'],
      ['email_address', 'subscriber_type'],
    ],
    columns: {
      email_address: 'address',
      email: 'address',
      type: 'state',
      subscriber_type: 'state',
      unsubscription_date: 'left',
      undeliverability_date: 'left',
      creation_date: 'joined_at',
    },
    words: {
      regular: 'active',
      premium: 'active',
      gifted: 'active',
      trialed: 'active',
      churning: 'active',
      churned: 'active',
      past_due: 'active',
      unpaid: 'active',
      unactivated: 'waiting',
      undeliverable: 'left',
      spammy: 'left',
      disabled: 'left',
    },
    seen: 'its OpenAPI document, Subscriber',
  },
  {
    name: 'beehiiv',
    knownBy: [
      ['status', 'Free Tier', 'Premium Tier'],
      ['email', 'status', 'tier', 'created_at'],
      ['email', 'status', 'unsubscribed_at', 'stripe_customer_id'],
    ],
    columns: {
      email: 'address',
      status: 'state',
      unsubscribed_at: 'left',
      created_at: 'joined_at',
    },
    words: { inactive: 'left', validating: 'waiting', invalid: 'left' },
    seen: 'TryGhost/migrate, packages/mg-beehiiv-members',
  },
  {
    name: 'Kit',
    knownBy: [
      ['first_name', 'email_address', 'state', 'created_at'],
      ['email_address', 'state', 'created_at', 'tags'],
    ],
    columns: { email_address: 'address', state: 'state', created_at: 'joined_at' },
    words: { inactive: 'waiting' },
    seen: 'its export, as importers test it; the words are those of its API',
  },
  {
    name: 'Brevo',
    knownBy: [
      ['EMAIL', 'EMAIL_BLACKLISTED'],
      ['CONTACT ID', 'EMAIL', 'ADDED_TIME'],
      ['EMAIL', 'DOUBLE_OPT-IN', 'OPT_IN'],
    ],
    columns: {
      EMAIL: 'address',
      EMAIL_BLACKLISTED: 'left',
      OPT_IN: 'confirmed',
      'DOUBLE_OPT-IN': 'nothing',
      ADDED_TIME: 'joined_at',
      CONTACT_TIMEZONE: 'zone',
    },
    isDayFirst: true,
    seen: 'its export of contacts, as importers read it',
  },
  {
    name: 'MailerLite',
    knownBy: [
      ['Subscriber', 'Last name'],
      ['Subscriber', 'Subscribed'],
      ['Subscriber', 'Status'],
      ['email', 'status', 'opted_in_at'],
      ['email', 'status', 'subscribed_at', 'optin_ip'],
    ],
    columns: {
      Subscriber: 'address',
      email: 'address',
      Status: 'state',
      opted_in_at: 'confirmed_at',
      subscribed_at: 'joined_at',
      Subscribed: 'joined_at',
      'Date subscribed': 'joined_at',
      unsubscribed_at: 'left',
      Unsubscribed: 'left',
    },
    words: { junk: 'left' },
    seen: "an importer's test of its export; the words are those of its API",
  },
  {
    name: 'phpList',
    knownBy: [
      ['Is this user blacklisted ?'],
      ['Is this subscriber blacklisted'],
      ['Is this user confirmed ?'],
      ['Is this subscriber confirmed'],
      ['email', 'confirmed', 'blacklisted', 'htmlemail'],
      ['email', 'confirmed', 'blacklisted', 'bouncecount'],
    ],
    columns: {
      email: 'address',
      'Is this user blacklisted ?': 'left',
      'Is this subscriber blacklisted': 'left',
      blacklisted: 'left',
      'Is this account disabled?': 'left',
      disabled: 'left',
      'Is this user confirmed ?': 'confirmed',
      'Is this subscriber confirmed': 'confirmed',
      confirmed: 'confirmed',
      Entered: 'joined_at',
    },
    seen: 'phpList/phplist3, public_html/lists/admin/structure.php',
  },
  {
    name: 'Constant Contact',
    knownBy: [
      ['Email address', 'Email permission status'],
      ['Email address', 'Email status', 'Email lists'],
      ['Email address', 'Email status', 'Source name'],
    ],
    columns: {
      'Email address': 'address',
      'Email status': 'state',
      'Email permission status': 'state',
      'Created at': 'joined_at',
    },
    words: {
      implicit: 'active',
      implied: 'active',
      express: 'active',
      explicit: 'active',
      'not set': 'waiting',
      'no permissions set': 'waiting',
    },
    seen: 'its export of contacts, as scripts read it',
  },
  {
    name: 'Google Groups',
    knownBy: [['Group status', 'Email preference']],
    columns: {
      'Email address': 'address',
      'Group status': 'state',
      'Email status': 'state',
      'Email preference': 'state',
    },
    words: {
      owner: 'active',
      manager: 'active',
      email: 'active',
      'all email': 'active',
      digest: 'active',
      'daily digest': 'active',
      summary: 'active',
      abridged: 'active',
      'no email': 'left',
      none: 'left',
      bouncing: 'left',
      requested: 'waiting',
    },
    joinedIn: ['Join year', 'Join month', 'Join day', 'Join hour', 'Join minute', 'Join second'],
    seen: 'its export of members, under the line "Members for group …"',
  },
  {
    name: 'Mailman 2',
    knownBy: [['Address', 'nomail', 'digest']],
    columns: { Address: 'address', nomail: 'left' },
    seen: 'the tables of its pages of members',
  },
  {
    name: 'Outlook',
    knownBy: [
      ['E-mail Address', 'E-mail Display Name'],
      ['E-mail Address', 'E-mail Type'],
    ],
    columns: { 'E-mail Address': 'address' },
    seen: 'its export of contacts',
  },
];

/** What tells files that have no line of names. */
export const headless = {
  /** One address a line, or `Name <a@b.example>`. */
  lines: 'Mailman and Postorius',
  /** Cells, an address among them. */
  cells: 'Sendy',
} as const;
