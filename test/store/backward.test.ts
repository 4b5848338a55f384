import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(process.cwd(), 'src', 'store', 'schema');
const files = readdirSync(folder).filter((name) => !name.startsWith('0001-'));

/** What takes away, or asks for, something that a running process of the version before does not know of. */
const breaking: readonly [RegExp, string][] = [
  [/\bdrop\s+(table|column)\b/i, 'takes a table or column away'],
  [/\brename\b/i, 'renames'],
  [/\bset\s+not\s+null\b/i, 'wants a value that older code leaves out'],
  [/\balter\s+column\s+\w+\s+(set\s+data\s+)?type\b/i, 'changes a type'],
  [/\badd\s+column\s+[^,]*\bnot\s+null\b(?![^,]*\bdefault\b)/i, 'wants a column without a default'],
];

const faultsOf = (statement: string) =>
  breaking.filter(([pattern]) => pattern.test(statement)).map(([, why]) => why);

describe('a migration, which runs while processes of the version before go on sending', () => {
  it.each(files)('%s only adds', async (file) => {
    const schema = Object.values((await import(join(folder, file))) as Record<string, string[]>);
    const statements = schema.flat();
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.flatMap(faultsOf)).toEqual([]);
  });

  it.each([
    'alter table public.round drop column feeds',
    'alter table public.round rename column feeds to sources',
    'alter table public.delivery add column relay text not null',
    'alter table public.delivery alter column relay set not null',
    'alter table public.delivery alter column attempts type bigint',
  ])('would be told of "%s"', (statement) => {
    expect(faultsOf(statement)).toHaveLength(1);
  });

  it('may add a column with a default', () => {
    const statement = 'alter table public.delivery add column tries int not null default 0';
    expect(faultsOf(statement)).toEqual([]);
  });
});
