import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { configNames, readConfig } from '../src/process/config.ts';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const example = read('.env.example');
const compose = read('docker-compose.yml');

describe('.env.example', () => {
  // Dollars in pairs are for the container, not for compose.
  const asked = [...compose.matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name = '']) => name);

  it('lists every name of the configuration and of docker-compose.yml, once, and no other', () => {
    const listed = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
    expect(listed.sort()).toEqual([...new Set([...configNames, ...asked])].sort());
  });

  it('adds nothing of its own for compose but the password of its database and the name for https', () => {
    expect(asked.filter((name) => !configNames.includes(name))).toContain('POSTGRES_PASSWORD');
    expect(new Set(asked)).toEqual(new Set(['POSTGRES_PASSWORD', 'PORT', 'PAPERROUND_DOMAIN']));
  });

  it('shows the defaults: copied as it is, it changes nothing', () => {
    expect(readConfig(parseEnv(example))).toEqual(readConfig({}));
  });

  it('says above every group of names what they are for', () => {
    const lines = example.split('\n');
    const silent = lines.filter(
      (line, at) => /^[A-Z_]+=/.test(line) && !/^(#|[A-Z_]+=)/.test(lines[at - 1] ?? ''),
    );
    expect(silent).toEqual([]);
  });
});
