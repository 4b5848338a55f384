import nodemailer from 'nodemailer';
import { buildReference } from '../../src/core/reader/references.ts';
import { type Inbound, openInbound } from '../../src/process/context.ts';
import { type Report, readCorpus } from '../feedback/reports.ts';
import type { Live } from './live.ts';
import { waitFor } from './wait.ts';

export const INBOUND_DOMAIN = 'in.example';

/** The ways in of a live product, and mail to send through them. */
export interface ReturnMail {
  readonly inbound: Inbound;
  /** Hands a mail to the real listener; the server's answer. Rejects where it refuses. */
  send(bytes: Buffer | string, envelope: { from: string; to: string[] }): Promise<string>;
  /** The corpus, planted for a delivery and a subscription. */
  corpus(about: { delivery: number; subscription: number; messageId: string }): Map<string, Report>;
  /** Sends a report of the corpus. */
  sendReport(report: Report | undefined): Promise<string>;
  /** Waits until everything that arrived was read. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the ways in that the live product's configuration names. */
export async function openReturnMail(live: Live): Promise<ReturnMail> {
  const inbound = await openInbound(live.context);
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: inbound.port ?? 0,
    pool: true,
    maxConnections: 10,
    maxMessages: 1_000_000,
  });
  const send: ReturnMail['send'] = async (raw, envelope) =>
    (await transport.sendMail({ raw, envelope })).response;
  return {
    inbound,
    send,
    corpus: (about) => {
      const all = { keys: live.outside.keys, domain: INBOUND_DOMAIN, ...about };
      return new Map(readCorpus(all).map((report) => [report.name, report]));
    },
    sendReport(report) {
      if (!report) throw new Error('the corpus has no such report');
      const { from = '', to } = report.envelope;
      return send(report.bytes, {
        from,
        to: to.length > 0 ? [...to] : [`spool@${INBOUND_DOMAIN}`],
      });
    },
    settle: () =>
      waitFor(async () => (await live.outside.store.inbound.listWaiting(1)).length === 0),
    async close() {
      transport.close();
      await inbound.close();
    },
  };
}

/** The return path of a delivery. */
export function returnPathOf(live: Live, delivery: number): string {
  return `${buildReference(live.outside.keys, { purpose: 'bounce', id: delivery })}@${INBOUND_DOMAIN}`;
}
