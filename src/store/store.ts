import { createBackupStore } from './backup/backup.ts';
import { createAskedAuthorStore } from './citations/asked-authors.ts';
import { createCitationTurnStore } from './citations/citation-turns.ts';
import { createCitationStore } from './citations/citations.ts';
import { createCitedWorkStore } from './citations/cited-works.ts';
import { createOwnWorkStore } from './citations/own-works.ts';
import type { Database } from './database.ts';
import { createAccessStore } from './desk/access.ts';
import { createAuditStore } from './desk/audit.ts';
import { createFactorStore } from './desk/factors.ts';
import { createMeasureStore } from './desk/measures.ts';
import { createOnceStore } from './desk/once.ts';
import { createOverviewStore } from './desk/overview.ts';
import { createPasskeyStore } from './desk/passkeys.ts';
import { createPressStore } from './desk/presses.ts';
import { createFeedbackStore } from './feedback/feedback.ts';
import { createInboundStore } from './feedback/inbound.ts';
import { createSuppressionStore } from './feedback/suppressions.ts';
import { createAlarmStore } from './ledger/alarms.ts';
import { createAnnouncementStore } from './ledger/announcements.ts';
import { createBeaconStore } from './ledger/beacons.ts';
import { createCheckStore } from './ledger/checks.ts';
import { createDeliveryStore } from './ledger/deliveries.ts';
import { createHeartbeatStore } from './ledger/heartbeats.ts';
import { createItemStore } from './ledger/items.ts';
import { createLoopStore } from './ledger/loops.ts';
import { createPaceStore } from './ledger/paces.ts';
import { createPauseStore } from './ledger/pauses.ts';
import { createPostStore } from './ledger/posts.ts';
import { createPruneStore } from './ledger/pruning.ts';
import { createRecordStore } from './ledger/records.ts';
import { createRoundStore } from './ledger/rounds.ts';
import { createSenderStore } from './ledger/senders.ts';
import { createSlowdownStore } from './ledger/slowdowns.ts';
import { createSoughtItemStore } from './ledger/sought-items.ts';
import { createWarmUpStore } from './ledger/warm-ups.ts';
import { createEditionStore } from './papers/editions.ts';
import { createFeedStore } from './papers/feeds.ts';
import { createMarkStore } from './papers/marks.ts';
import { createModelAnswerStore } from './papers/model-answers.ts';
import { createPaperStore } from './papers/papers.ts';
import { createPublicPaperStore } from './papers/public-papers.ts';
import { createSearchStore } from './papers/search.ts';
import { createShownStore } from './papers/shown.ts';
import { createWorkStore } from './papers/works.ts';
import { createAlertAddressStore } from './readers/alert-addresses.ts';
import { createAlertMailStore } from './readers/alert-mails.ts';
import { createChannelStore } from './readers/channels.ts';
import { createCircleGuestStore } from './readers/circle-guests.ts';
import { createCircleMeetingStore } from './readers/circle-meetings.ts';
import { createCircleNoteStore } from './readers/circle-notes.ts';
import { createCircleStore } from './readers/circles.ts';
import { createConsentStore } from './readers/consents.ts';
import { createEarlyStore } from './readers/early.ts';
import { createErasureStore } from './readers/erasures.ts';
import { createFollowedStore } from './readers/followed-libraries.ts';
import { createImportStore } from './readers/imports.ts';
import { createKeptStore } from './readers/kept.ts';
import { createKeptDigestStore } from './readers/kept-digests.ts';
import { createLibraryStore } from './readers/libraries.ts';
import { createLimitStore } from './readers/limits.ts';
import { createMailedLinkStore } from './readers/mailed-links.ts';
import { createProposalStore } from './readers/proposals.ts';
import { createReaderSessionStore } from './readers/reader-sessions.ts';
import { createRequestStore } from './readers/requests.ts';
import { createShelfStore } from './readers/shelves.ts';
import { createStandingStore } from './readers/standings.ts';
import { createSubscriberStore } from './readers/subscribers.ts';
import { createVoteStore } from './readers/votes.ts';
import { createBatchStore } from './webhooks/batches.ts';
import { createEventStore } from './webhooks/events.ts';
import { createWebhookStore } from './webhooks/webhooks.ts';

/** The room's one door: every table behind its noun. */
export interface Store {
  readonly feeds: ReturnType<typeof createFeedStore>;
  readonly papers: ReturnType<typeof createPaperStore>;
  readonly publicPapers: ReturnType<typeof createPublicPaperStore>;
  readonly search: ReturnType<typeof createSearchStore>;
  readonly works: ReturnType<typeof createWorkStore>;
  readonly editions: ReturnType<typeof createEditionStore>;
  readonly shown: ReturnType<typeof createShownStore>;
  readonly modelAnswers: ReturnType<typeof createModelAnswerStore>;
  readonly marks: ReturnType<typeof createMarkStore>;
  readonly heartbeats: ReturnType<typeof createHeartbeatStore>;
  readonly subscribers: ReturnType<typeof createSubscriberStore>;
  readonly standings: ReturnType<typeof createStandingStore>;
  readonly early: ReturnType<typeof createEarlyStore>;
  readonly imports: ReturnType<typeof createImportStore>;
  readonly requests: ReturnType<typeof createRequestStore>;
  readonly consents: ReturnType<typeof createConsentStore>;
  readonly mailedLinks: ReturnType<typeof createMailedLinkStore>;
  readonly readerSessions: ReturnType<typeof createReaderSessionStore>;
  readonly proposals: ReturnType<typeof createProposalStore>;
  readonly circles: ReturnType<typeof createCircleStore>;
  readonly circleGuests: ReturnType<typeof createCircleGuestStore>;
  readonly circleMeetings: ReturnType<typeof createCircleMeetingStore>;
  readonly circleNotes: ReturnType<typeof createCircleNoteStore>;
  readonly limits: ReturnType<typeof createLimitStore>;
  readonly kept: ReturnType<typeof createKeptStore>;
  readonly keptDigests: ReturnType<typeof createKeptDigestStore>;
  readonly erasures: ReturnType<typeof createErasureStore>;
  readonly shelves: ReturnType<typeof createShelfStore>;
  readonly votes: ReturnType<typeof createVoteStore>;
  readonly libraries: ReturnType<typeof createLibraryStore>;
  readonly followed: ReturnType<typeof createFollowedStore>;
  readonly alertAddresses: ReturnType<typeof createAlertAddressStore>;
  readonly alertMails: ReturnType<typeof createAlertMailStore>;
  readonly rounds: ReturnType<typeof createRoundStore>;
  readonly deliveries: ReturnType<typeof createDeliveryStore>;
  readonly announcements: ReturnType<typeof createAnnouncementStore>;
  readonly items: ReturnType<typeof createItemStore>;
  readonly soughtItems: ReturnType<typeof createSoughtItemStore>;
  readonly citedWorks: ReturnType<typeof createCitedWorkStore>;
  readonly ownWorks: ReturnType<typeof createOwnWorkStore>;
  readonly askedAuthors: ReturnType<typeof createAskedAuthorStore>;
  readonly citations: ReturnType<typeof createCitationStore>;
  readonly citationTurns: ReturnType<typeof createCitationTurnStore>;
  readonly senders: ReturnType<typeof createSenderStore>;
  readonly paces: ReturnType<typeof createPaceStore>;
  readonly pauses: ReturnType<typeof createPauseStore>;
  readonly posts: ReturnType<typeof createPostStore>;
  readonly channels: ReturnType<typeof createChannelStore>;
  readonly slowdowns: ReturnType<typeof createSlowdownStore>;
  readonly warmUps: ReturnType<typeof createWarmUpStore>;
  readonly alarms: ReturnType<typeof createAlarmStore>;
  readonly beacons: ReturnType<typeof createBeaconStore>;
  readonly checks: ReturnType<typeof createCheckStore>;
  readonly loops: ReturnType<typeof createLoopStore>;
  readonly pruning: ReturnType<typeof createPruneStore>;
  readonly records: ReturnType<typeof createRecordStore>;
  readonly inbound: ReturnType<typeof createInboundStore>;
  readonly feedback: ReturnType<typeof createFeedbackStore>;
  readonly suppressions: ReturnType<typeof createSuppressionStore>;
  readonly access: ReturnType<typeof createAccessStore>;
  readonly factors: ReturnType<typeof createFactorStore>;
  readonly passkeys: ReturnType<typeof createPasskeyStore>;
  readonly audit: ReturnType<typeof createAuditStore>;
  readonly overview: ReturnType<typeof createOverviewStore>;
  readonly measures: ReturnType<typeof createMeasureStore>;
  readonly presses: ReturnType<typeof createPressStore>;
  readonly once: ReturnType<typeof createOnceStore>;
  readonly events: ReturnType<typeof createEventStore>;
  readonly webhooks: ReturnType<typeof createWebhookStore>;
  readonly batches: ReturnType<typeof createBatchStore>;
  readonly backups: ReturnType<typeof createBackupStore>;
  /** The same object for a store and all its transactions: what is remembered of it hangs there. */
  readonly whole: object;
  /** Runs `work` in one transaction; all of it must go through the store it is given. */
  transaction<Result>(work: (tx: Store) => Promise<Result>): Promise<Result>;
}

/** Puts the store on a database. */
export function createStore(db: Database, whole: object = {}): Store {
  return {
    whole,
    feeds: createFeedStore(db),
    papers: createPaperStore(db),
    publicPapers: createPublicPaperStore(db),
    search: createSearchStore(db),
    works: createWorkStore(db),
    editions: createEditionStore(db),
    shown: createShownStore(db),
    modelAnswers: createModelAnswerStore(db),
    marks: createMarkStore(db),
    heartbeats: createHeartbeatStore(db),
    subscribers: createSubscriberStore(db),
    standings: createStandingStore(db),
    early: createEarlyStore(db),
    imports: createImportStore(db),
    requests: createRequestStore(db),
    consents: createConsentStore(db),
    mailedLinks: createMailedLinkStore(db),
    readerSessions: createReaderSessionStore(db),
    proposals: createProposalStore(db),
    circles: createCircleStore(db),
    circleGuests: createCircleGuestStore(db),
    circleMeetings: createCircleMeetingStore(db),
    circleNotes: createCircleNoteStore(db),
    limits: createLimitStore(db),
    kept: createKeptStore(db),
    keptDigests: createKeptDigestStore(db),
    erasures: createErasureStore(db),
    shelves: createShelfStore(db),
    votes: createVoteStore(db),
    libraries: createLibraryStore(db),
    followed: createFollowedStore(db),
    alertAddresses: createAlertAddressStore(db),
    alertMails: createAlertMailStore(db),
    rounds: createRoundStore(db),
    deliveries: createDeliveryStore(db),
    announcements: createAnnouncementStore(db),
    items: createItemStore(db),
    soughtItems: createSoughtItemStore(db),
    citedWorks: createCitedWorkStore(db),
    ownWorks: createOwnWorkStore(db),
    askedAuthors: createAskedAuthorStore(db),
    citations: createCitationStore(db),
    citationTurns: createCitationTurnStore(db),
    senders: createSenderStore(db),
    paces: createPaceStore(db),
    pauses: createPauseStore(db),
    posts: createPostStore(db),
    channels: createChannelStore(db),
    slowdowns: createSlowdownStore(db),
    warmUps: createWarmUpStore(db),
    alarms: createAlarmStore(db),
    beacons: createBeaconStore(db),
    checks: createCheckStore(db),
    loops: createLoopStore(db),
    pruning: createPruneStore(db),
    records: createRecordStore(db),
    inbound: createInboundStore(db),
    feedback: createFeedbackStore(db),
    suppressions: createSuppressionStore(db),
    access: createAccessStore(db),
    factors: createFactorStore(db),
    passkeys: createPasskeyStore(db),
    audit: createAuditStore(db),
    overview: createOverviewStore(db),
    measures: createMeasureStore(db),
    presses: createPressStore(db),
    once: createOnceStore(db),
    events: createEventStore(db),
    webhooks: createWebhookStore(db),
    batches: createBatchStore(db),
    backups: createBackupStore(db),
    transaction: (work) => db.transaction((tx) => work(createStore(tx, whole))),
  };
}
