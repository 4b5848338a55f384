import { z } from 'zod';

const id = z.number().int().positive();

/** Every kind of job, by the name of its step: ids only, never an address or a text. */
export const jobs = {
  /** Fetch one feed and store its papers. */
  ingest: z.object({ feedId: id }),
  /** Close the draft to new papers if it is due, or finish an edition that was closed. */
  cut: z.object({ editionId: id }),
  /** Write the words that papers are found by. */
  words: z.object({}),
  /** Decide and freeze what every candidate of a round gets. */
  compose: z.object({ roundId: id }),
  /** Answer by mail what somebody typed into a form. */
  answer: z.object({ requestId: id }),
  /** Compose the first digest of one who just confirmed. */
  welcome: z.object({ subscriptionId: id }),
  /** Claim and send a few hundred deliveries that are ready. */
  send: z.object({ shard: z.number().int().min(0) }),
  /** Read one thing that came back and do what it asks for. */
  feedback: z.object({ inboundId: id }),
  /** Read a mail to an address for alerts. */
  alert: z.object({ mailId: id }),
  /** Do what a press of "resend" is about. */
  resend: z.object({ pressId: id }),
  /** Read a file of subscribers from the desk, or go on with it. */
  import: z.object({ fileId: id }),
  /** Ask sources for papers that readers name by an id. */
  complete: z.object({}),
  /** Ask sources what newly cites the works that readers named. */
  cited: z.object({}),
  /** Read a library elsewhere that a reader follows. */
  follow: z.object({ followedId: id }),
  /** Have kept papers go to a reader's shelf at Zotero. */
  shelve: z.object({ subscriberId: id }),
  /** Tell a webhook what happened. */
  post: z.object({ webhookId: id }),
  /** Compose what a channel is due, and post what waits for it. */
  bring: z.object({ channelId: id }),
  /** Remove what is older than the configured ages. */
  prune: z.object({}),
} as const;

export type JobName = keyof typeof jobs;
export type JobOf<Name extends JobName> = z.infer<(typeof jobs)[Name]>;

export const jobNames = Object.keys(jobs) as JobName[];

/** Two jobs with the same id are one while the first is waiting or running. */
export function jobId(name: JobName, job: JobOf<JobName>): string {
  return [name, ...Object.values(job)].join('-');
}
