import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An authority of our own, which nobody trusts who is not told. */
export interface Authority {
  /** In PEM. */
  readonly ca: string;
  /** A key and a certificate for a name, between two moments such as `20200101000000Z`. */
  issue(host: string, from?: string, until?: string): { key: string; cert: string };
  remove(): void;
}

const CONFIG = `[ca]
default_ca = ours
[ours]
database = index
new_certs_dir = .
serial = serial
default_md = sha256
policy = anybody
unique_subject = no
copy_extensions = copy
[anybody]
commonName = supplied
`;
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes one with openssl. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'paperround-ca-'));
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  writeFileSync(join(folder, 'config'), CONFIG);
  writeFileSync(join(folder, 'index'), '');
  writeFileSync(join(folder, 'serial'), '01\n');
  const name = ['-subj', '/CN=An authority for tests', '-days', '2'];
  openssl('req', '-x509', ...NEW_KEY, ...name, '-keyout', 'ca.key', '-out', 'ca.pem');
  let count = 0;
  return {
    ca: read('ca.pem'),
    issue(host, from = '20200101000000Z', until = '20490101000000Z') {
      count += 1;
      const [key, request, cert] = ['key', 'csr', 'pem'].map((ending) => `${count}.${ending}`) as [
        string,
        string,
        string,
      ];
      const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
      openssl('req', '-new', ...NEW_KEY, ...subject, '-keyout', key, '-out', request);
      const dates = ['-startdate', from, '-enddate', until];
      const by = ['-config', 'config', '-cert', 'ca.pem', '-keyfile', 'ca.key'];
      openssl('ca', '-batch', ...by, ...dates, '-notext', '-in', request, '-out', cert);
      return { key: read(key), cert: read(cert) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
