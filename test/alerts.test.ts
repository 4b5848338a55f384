import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addDeliveryCommands } from '../src/cli/deliveries.ts';
import { addDeskCommands } from '../src/cli/desk.ts';
import { addEditionCommands } from '../src/cli/editions.ts';
import { addFeedCommands } from '../src/cli/feeds.ts';
import { addProcessCommands } from '../src/cli/processes.ts';
import { measured } from '../src/http/signals/gauges.ts';
import { readAlertRules, readExpression } from './harness/alerts.ts';

const guide = readFileSync('docs/metrics.md', 'utf8');
const rules = readAlertRules();

describe('the alert rules', () => {
  it('are there, each under a name of its own', () => {
    expect(rules.length).toBeGreaterThan(10);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  it.each(rules)('$alert reads as an expression, and says how urgent it is', (rule) => {
    const { metrics, faults } = readExpression(rule.expr);
    expect(faults).toEqual([]);
    expect(metrics.length).toBeGreaterThan(0);
    expect(rule.labels['severity']).toMatch(/^(page|ticket)$/);
    expect(rule.for ?? '1m').toMatch(/^\d+[mh]$/);
    expect(rule.annotations['summary']).toMatch(/\S/);
  });

  it.each(rules)('$alert leads to what to do', ({ alert, annotations }) => {
    expect(annotations['runbook_url']).toBe(`docs/metrics.md#${alert.toLowerCase()}`);
    expect(guide).toContain(`\n### ${alert}\n`);
  });

  it('have no section in the guide that none of them leads to', () => {
    const sections = [...guide.matchAll(/^### (.+)$/gm)].map(([, name]) => name);
    expect(sections.sort()).toEqual(rules.map(({ alert }) => alert).sort());
  });

  it('would be told of an expression that is none', () => {
    expect(readExpression('max(paperround_up == 0').faults).not.toEqual([]);
  });
});

describe('the labels of metrics', () => {
  // What Prometheus and its service discovery say of where a metric was read: a label of the same
  // name is renamed to exported_…, so that an expression would mean another thing.
  const taken = ['job', 'instance', 'namespace', 'pod', 'container', 'service', 'endpoint', 'node'];

  it('are none that Prometheus puts on whatever it reads', () => {
    const labels = Object.values(measured).flatMap(({ labels: names = [] }) => names);
    expect(labels.length).toBeGreaterThan(8);
    expect(labels.filter((name) => taken.includes(name))).toEqual([]);
  });
});

describe('the guide to metrics', () => {
  it('lists every metric of the database', () => {
    const missing = Object.keys(measured).filter((name) => !guide.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });

  it('names no command that is not there', () => {
    const program = new Command('paperround');
    const execute = () => Promise.resolve();
    addProcessCommands(program, execute);
    for (const add of [addDeliveryCommands, addDeskCommands, addEditionCommands, addFeedCommands]) {
      add(program, execute);
    }
    const named = [...guide.matchAll(/`(?:\S+=\S+ )?paperround ([a-z -]+)/g)].map(
      ([, words = '']) => words.trim().split(' '),
    );
    expect(named.length).toBeGreaterThan(10);
    for (const words of named) {
      const first = program.commands.find((command) => command.name() === words[0]);
      const isThere =
        first !== undefined &&
        (first.commands.length === 0 ||
          first.commands.some((command) => command.name() === words[1]));
      expect([words.join(' '), isThere]).toEqual([words.join(' '), true]);
    }
  });
});
