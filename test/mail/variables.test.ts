import { readFileSync } from 'node:fs';
import { announcementSamples, digestSamples, noticeSamples } from '../../src/mail/samples.ts';
import {
  announcementVariables,
  buildVariableTable,
  digestVariables,
  noticeVariables,
} from '../../src/mail/variables.ts';

function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => pathsOf(each, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) =>
    pathsOf(inner, path ? `${path}.${name}` : name),
  );
}

const docs = readFileSync(new URL('../../docs/templates.md', import.meta.url), 'utf8');

describe.each([
  ['digests', digestSamples.full, digestVariables],
  ['notices', noticeSamples.full, noticeVariables],
  ['announcements', announcementSamples.full, announcementVariables],
])('the variables of %s', (_name, full, variables) => {
  it('are all told, and no other', () => {
    expect([...new Set(pathsOf(full))].sort()).toEqual(Object.keys(variables).sort());
  });

  it('stand in docs/templates.md as they are', () => {
    expect(docs).toContain(buildVariableTable(variables));
  });
});
