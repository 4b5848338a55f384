import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';

/** One alert rule, as Prometheus reads it. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The rules of the repository. */
export function readAlertRules(): readonly AlertRule[] {
  const text = readFileSync('ops/prometheus/alerts.yml', 'utf8');
  const { groups } = parse(text) as { groups: readonly { rules: readonly AlertRule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

/** What an expression names, by Prometheus's own grammar; faults are the places that it does not read. */
export function readExpression(expr: string): { metrics: string[]; faults: string[] } {
  const metrics: string[] = [];
  const faults: string[] = [];
  parser.parse(expr).iterate({
    enter({ type, node, from, to }) {
      if (type.isError) faults.push(expr.slice(Math.max(0, from - 10), to + 10));
      if (type.name === 'Identifier' && node.parent?.name === 'VectorSelector') {
        metrics.push(expr.slice(from, to));
      }
    },
  });
  return { metrics, faults };
}
