import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { parse, parseAllDocuments } from 'yaml';
import { measured } from '../src/http/signals/gauges.ts';
import { configNames, readConfig } from '../src/process/config.ts';
import { readExpression } from './harness/alerts.ts';

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container {
  readonly image: string;
  readonly args: string[];
  readonly env?: { name: string }[];
  readonly envFrom: Partial<Record<'configMapRef' | 'secretRef', { name: string }>>[];
  readonly ports?: { name: string; containerPort: number }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly lifecycle?: { preStop: { exec: { command: string[] } } };
  readonly volumeMounts?: { name: string; mountPath: string }[];
}

interface PodSpec {
  readonly containers: Container[];
  readonly terminationGracePeriodSeconds?: number;
  readonly volumes?: { name: string }[];
}

interface Template {
  readonly metadata: { readonly labels: Record<string, string> };
  readonly spec: PodSpec;
}

/** What these manifests hold, as far as they name each other. */
interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly data?: Record<string, string>;
  readonly stringData?: Record<string, string>;
  readonly spec?: {
    readonly template?: Template;
    readonly selector?: Record<string, string> & { matchLabels?: Record<string, string> };
    readonly podSelector?: { matchLabels: Record<string, string> };
    readonly ports?: { targetPort: string }[];
    readonly ingress?: { ports: { port: string }[] }[];
    readonly scaleTargetRef?: { apiVersion: string; kind: string; name: string };
    readonly metrics?: {
      external: { metric: { name: string; selector: { matchLabels: Record<string, string> } } };
    }[];
  };
}

const FOLDER = 'ops/kubernetes';
const read = (name: string) => readFileSync(name, 'utf8');
const readAll = (name: string): Manifest[] =>
  parseAllDocuments(read(join(FOLDER, name))).map((document) => document.toJS() as Manifest);

const applied = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .flatMap(readAll);
const [secret] = readAll('secret.yaml.example');
const all = secret ? [...applied, secret] : applied;
const named = all.map((manifest) => ({
  manifest,
  name: `${manifest.kind} ${manifest.metadata.name}`,
}));
const templates = all.flatMap(({ spec }) => spec?.template ?? []);
const containers = templates.flatMap(({ spec }) => spec.containers);
const find = (kind: string, name: string) =>
  all.find((each) => each.kind === kind && each.metadata.name === name);

/** What the schema of a kind says against a manifest. */
async function validate({ apiVersion, kind, ...rest }: Manifest): Promise<string | undefined> {
  const models = (await import(`kubernetes-models/${apiVersion}`)) as Record<
    string,
    new (
      given: object,
    ) => { validate(): void }
  >;
  const Model = models[kind];
  if (!Model) return `${apiVersion} has no ${kind}`;
  try {
    new Model(rest).validate();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Names that Kubernetes does not know, which its schemas let pass: by the types of the same package. */
function findUnknown(manifests: readonly Manifest[]): string[] {
  const lines = manifests.map(
    (manifest, at) =>
      `export const m${at}: import('kubernetes-models/${manifest.apiVersion}').I${manifest.kind} = ${JSON.stringify(manifest)};`,
  );
  const file = join(process.cwd(), 'manifests.ts');
  const options = { module: ts.ModuleKind.NodeNext, strict: true, skipLibCheck: true, types: [] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, version) =>
    name === file
      ? ts.createSourceFile(file, lines.join('\n'), version)
      : getSourceFile(name, version);
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe('the manifests for Kubernetes', () => {
  it.each(named)('$name is what its schema asks for', async ({ manifest }) => {
    expect(await validate(manifest)).toBeUndefined();
  });

  it('name nothing that Kubernetes does not know, and a misspelt name would be told', () => {
    const [namespace] = applied;
    const misspelt = { ...namespace, metadata: { name: 'x', lables: {} } } as unknown as Manifest;
    expect(findUnknown([...all, misspelt])).toEqual([expect.stringContaining('lables')]);
  });

  it('make the namespace first, and stand in it', () => {
    const [first, ...rest] = applied;
    expect(first?.kind).toBe('Namespace');
    const places = [...rest, secret].map((each) => each?.metadata.namespace);
    expect(new Set(places)).toEqual(new Set([first?.metadata.name]));
  });

  it('run one image of this version by commands that there are', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    const images = new Set(containers.map(({ image }) => image));
    expect([...images]).toEqual([expect.stringMatching(new RegExp(`/paperround:${version}$`))]);
    expect(containers.map(({ args }) => args.join(' '))).toEqual(['migrate', 'server', 'workers']);
  });

  it('set what a service starts with, and nothing that it does not know', () => {
    const config = find('ConfigMap', 'paperround')?.data ?? {};
    const secrets = secret?.stringData ?? {};
    const keys = { SECRET_KEYS: `1:${'a'.repeat(64)}` };
    expect(readConfig({ ...config, ...secrets, ...keys }).mode).toBe('service');
    const names = [...Object.keys(config), ...Object.keys(secrets)];
    expect(names.filter((name) => !configNames.includes(name))).toEqual([]);
    for (const { env, envFrom } of containers) {
      expect(env).toBeUndefined();
      const sources = envFrom.flatMap(({ configMapRef, secretRef }) => [
        ...(configMapRef ? [find('ConfigMap', configMapRef.name)] : []),
        ...(secretRef ? [find('Secret', secretRef.name)] : []),
      ]);
      expect(sources).toEqual([find('ConfigMap', 'paperround'), secret]);
    }
  });

  it('ask each process where it listens, by its own probes', () => {
    const { http, signals } = readConfig(find('ConfigMap', 'paperround')?.data);
    const numbers: Record<string, number | undefined> = {
      http: http.port,
      health: signals.healthPort,
    };
    for (const { args, ports, startupProbe, livenessProbe, readinessProbe } of containers) {
      if (args[0] === 'migrate') continue;
      for (const { name, containerPort } of ports ?? []) expect(numbers[name]).toBe(containerPort);
      const paths = [startupProbe, livenessProbe, readinessProbe].map((p) => p?.httpGet.path);
      expect(paths).toEqual(['/healthz', '/healthz', '/readyz']);
      const asked = [startupProbe, livenessProbe, readinessProbe].map((p) => p?.httpGet.port ?? '');
      expect(asked.every((port) => ports?.some(({ name }) => name === port))).toBe(true);
    }
    const { healthHost } = signals;
    expect(healthHost).toBe('0.0.0.0');
  });

  it('give a process longer to end than it takes', () => {
    const { graceMs } = readConfig({}).process;
    const ending = templates.filter(({ spec }) => spec.containers[0]?.args[0] !== 'migrate');
    for (const { spec } of ending) {
      const pause = Number(spec.containers[0]?.lifecycle?.preStop.exec.command[1] ?? 0);
      expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(pause + graceMs / 1000 + 5);
    }
  });

  it('mount what they have, and select pods by labels and ports that these have', () => {
    for (const { spec } of templates) {
      const mounted = spec.containers.flatMap(({ volumeMounts }) => volumeMounts ?? []);
      expect(mounted.map(({ name }) => name)).toEqual((spec.volumes ?? []).map(({ name }) => name));
    }
    for (const { spec, kind, metadata } of applied) {
      const { matchLabels = spec?.podSelector?.matchLabels, ...plain } = spec?.selector ?? {};
      const labels = matchLabels ?? plain;
      if (Object.keys(labels).length === 0) continue;
      const chosen = templates.filter(({ metadata: { labels: own } }) =>
        Object.entries(labels).every(([name, value]) => own[name] === value),
      );
      expect([kind, metadata.name, chosen.length > 0]).toEqual([kind, metadata.name, true]);
      const ports = chosen.flatMap((each) => each.spec.containers.flatMap((c) => c.ports ?? []));
      const wanted = [
        ...(spec?.ports ?? []).map(({ targetPort }) => targetPort),
        ...(spec?.ingress ?? []).flatMap((rule) => rule.ports.map(({ port }) => port)),
      ];
      expect(wanted.filter((port) => !ports.some(({ name }) => name === port))).toEqual([]);
    }
  });

  it('scale the workers by a metric that there is, with the labels that it has', () => {
    const { scaleTargetRef: target, metrics } =
      find('HorizontalPodAutoscaler', 'workers')?.spec ?? {};
    expect(find(target?.kind ?? '', target?.name ?? '')?.apiVersion).toBe(target?.apiVersion);
    const { name, selector } = metrics?.[0]?.external.metric ?? {};
    const { externalRules } = parse(read('ops/prometheus/adapter.yaml')) as {
      externalRules: { seriesQuery: string; metricsQuery: string }[];
    };
    const [rule] = externalRules;
    expect(rule?.seriesQuery).toContain(`__name__="${name}"`);
    const query = (rule?.metricsQuery ?? '')
      .replace('<<.Series>>', name ?? '')
      .replace('<<.LabelMatchers>>', 'kind="send"');
    expect(readExpression(query)).toEqual({ metrics: [name], faults: [] });
    const labels = measured[name ?? '']?.labels;
    expect(labels).toEqual(
      expect.arrayContaining(['state', ...Object.keys(selector?.matchLabels ?? {})]),
    );
  });
});
