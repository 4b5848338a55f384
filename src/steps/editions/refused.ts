/** What cannot be done with an edition or a paper; the message says why and what to do. */
export class EditionRefused extends Error {
  override readonly name = 'EditionRefused';
}
