import { createRequire } from 'node:module';

/** What a receiver makes of one signature. */
export interface Verdict {
  readonly algo: string;
  readonly status: { readonly result: string };
  readonly signingHeaders: { readonly keys: string };
}

const mailauth = createRequire(import.meta.url)('mailauth/lib/dkim/verify') as {
  dkimVerify(
    message: Buffer | string,
    options: { resolver: (name: string) => Promise<string[][]> },
  ): Promise<{ results: Verdict[] }>;
};

/** Verifies a message as a receiver does, against records that are published here. */
export async function verifyDkim(
  message: Buffer | string,
  records: ReadonlyMap<string, string>,
): Promise<Verdict[]> {
  const resolver = async (name: string) => {
    const record = records.get(name);
    if (record === undefined) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' });
    return [[record]];
  };
  return (await mailauth.dkimVerify(message, { resolver })).results;
}
