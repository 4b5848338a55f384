import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { bound } from '../../steps/signals/bounded.ts';
import { measureService } from '../../steps/signals/measure.ts';
import type { Outside } from '../../steps/steps.ts';
import { registerGauges } from './gauges.ts';

/** The metrics of one process. */
export interface Metrics {
  readonly contentType: string;
  /** The Prometheus text, in bounded time; where the database is away, with `paperround_up` 0. */
  show(): Promise<string>;
  countRequest(request: { method: string; route: string; status: number }): void;
}

/** Scrapes within this see the same numbers, however many ask. */
const KEPT_MS = 15_000;
const LONGEST_MS = 5_000;

/** Makes a registry of this process's own, with its own event loop, memory and requests beside what the database says. */
export function createMetrics(
  outside: Pick<Outside, 'store' | 'queue' | 'config' | 'now'>,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'paperround_http_requests_total',
    help: 'Requests that this process answered, by route, never by path',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const up = new Gauge({
    name: 'paperround_up',
    help: '1 where database and queue told the rest, 0 where one of them did not in time',
    registers: [registry],
  });
  const set = registerGauges(registry);
  const measuring = bound(() => measureService(outside));
  let readAt = Number.NEGATIVE_INFINITY;
  const refresh = async () => {
    if (performance.now() - readAt < KEPT_MS) return;
    try {
      set(await measuring.within(LONGEST_MS, 'the measures came too late'));
      up.set(1);
      readAt = performance.now();
    } catch {
      // That it is so is what is told; why, the readiness and the log say.
      set(undefined);
      up.set(0);
    }
  };
  return {
    contentType: registry.contentType,
    async show() {
      await refresh();
      return registry.metrics();
    },
    countRequest: ({ method, route, status }) =>
      requests.inc({ method, route, status: String(status) }),
  };
}
