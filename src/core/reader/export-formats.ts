import { CELL_SEPARATOR, fileColumns } from './import-row.ts';
import { clockOf } from './schedule.ts';
import type { Subscription } from './subscription.ts';

/** A subscriber as an export has them. */
export type ExportedReader = Pick<
  Subscription,
  'address' | 'state' | 'profile' | 'papersPerDigest' | 'schedule' | 'pausedUntil'
> & {
  /** When they confirmed last. */
  readonly agreedAt: Date | null;
  readonly isSuppressed: boolean;
};

/** A file that an export writes. */
export interface ExportFormat {
  readonly columns: readonly string[];
  /** Whether a cell that a spreadsheet would run gets an apostrophe (OWASP, CSV Injection). */
  readonly isForSpreadsheets: boolean;
  /** The cells of a reader; undefined for who does not belong into the file. */
  cellsOf(reader: ExportedReader): Record<string, string> | undefined;
}

const list = (all: readonly (string | number)[]) => all.join(CELL_SEPARATOR);
const yes = (is: boolean) => (is ? 'yes' : 'no');

const own: ExportFormat = {
  columns: fileColumns,
  isForSpreadsheets: true,
  cellsOf: ({ profile, schedule, ...reader }) => ({
    address: reader.address,
    state: reader.state,
    confirmed_at: reader.agreedAt?.toISOString() ?? '',
    fields: list(profile.fields),
    topics: list(profile.topics),
    authors: list(profile.authors),
    exclude: list(profile.exclude),
    cross_lists: yes(profile.crossLists),
    surprise: yes(profile.surprise),
    quiet_note: yes(profile.quietNote),
    items_only: yes(profile.itemsOnly === true),
    language: profile.language ?? '',
    papers: String(reader.papersPerDigest),
    days: list(schedule.days),
    hour: clockOf(schedule.minuteOfDay),
    zone: schedule.zone,
    paused_until: reader.pausedUntil ?? '',
  }),
};

/** As Ghost's importer of members documents it; who never confirmed is no member. */
const ghost: ExportFormat = {
  columns: ['email', 'name', 'note', 'subscribed_to_emails', 'created_at', 'labels'],
  isForSpreadsheets: false,
  cellsOf: ({ address, state, profile, agreedAt, isSuppressed }) =>
    state === 'pending'
      ? undefined
      : {
          email: address,
          name: '',
          note: profile.topics.length > 0 ? `Topics: ${profile.topics.join(', ')}` : '',
          subscribed_to_emails: String(state === 'active' && !isSuppressed),
          created_at: agreedAt?.toISOString() ?? '',
          labels: '',
        },
};

// listmonk imports a file as a whole, in the mode "subscribe" or "blocklist": one file each.
const listmonkColumns = ['email', 'name', 'attributes'];
const isReading = ({ state, isSuppressed }: ExportedReader) => state === 'active' && !isSuppressed;

const listmonk: ExportFormat = {
  columns: listmonkColumns,
  isForSpreadsheets: false,
  cellsOf: (reader) =>
    isReading(reader)
      ? { email: reader.address, name: '', attributes: attributesOf(reader) }
      : undefined,
};

const listmonkBlocklist: ExportFormat = {
  columns: listmonkColumns,
  isForSpreadsheets: false,
  cellsOf: (reader) =>
    isReading(reader) || reader.state === 'pending'
      ? undefined
      : { email: reader.address, name: '', attributes: '{}' },
};

function attributesOf({ profile, schedule, agreedAt }: ExportedReader): string {
  const { fields, topics, authors, exclude, language } = profile;
  const { days, minuteOfDay, zone } = schedule;
  return JSON.stringify({
    ...{ fields, topics, authors, exclude, days, hour: clockOf(minuteOfDay), zone },
    ...(language ? { language } : {}),
    confirmed_at: agreedAt?.toISOString() ?? null,
  });
}

/** The files that an export writes, by the name of who reads them. */
export const exportFormats = {
  paperround: own,
  ghost,
  listmonk,
  'listmonk-blocklist': listmonkBlocklist,
} as const satisfies Record<string, ExportFormat>;

export type ExportName = keyof typeof exportFormats;
