import { type Finding, skip } from '../../core/doctor/finding.ts';
import { judgeSite, type SiteFacts } from '../../core/doctor/judge-site.ts';
import { tellUnread } from './machine.ts';
import { isUnread, type Patient, type Probes } from './patient.ts';

/** Looks at the public address; undefined where it is none that the world could reach. */
export async function lookAtSite(
  { config, ca, plainPort, withinMs }: Patient,
  { dns, site }: Probes,
): Promise<SiteFacts> {
  const url = config.http.publicUrl;
  const addresses = await dns.addresses(new URL(url).hostname);
  const values = addresses.kind === 'found' ? addresses.values : [];
  const facts = await site({ url, addresses: values, ca, plainPort, withinMs });
  return { ...facts, addresses };
}

/** The public https address, as a reader reaches it. */
export async function checkSite(
  patient: Patient,
  look: () => Promise<SiteFacts> | undefined,
): Promise<Finding[]> {
  if (isUnread(patient, 'PUBLIC_URL')) return tellUnread('PUBLIC_URL');
  const { http, site } = patient.config;
  const looking = look();
  if (!looking) {
    return [
      skip(`${http.publicUrl} is no https address; readers elsewhere need one (PUBLIC_URL).`),
    ];
  }
  const facts = await looking;
  return judgeSite({ url: http.publicUrl, siteName: site.name, facts }, patient.now());
}
