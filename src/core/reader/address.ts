import { domainToASCII } from 'node:url';
import validator from 'validator';

/** A mailbox address as we mail it, and the key by which it is found again. */
export interface Address {
  /** As typed, the domain in ASCII lower case. */
  readonly address: string;
  /** Lower case throughout: no provider of note tells letters of one mailbox apart by case. */
  readonly key: string;
}

/** A text that is no address; the message says what one looks like. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
}

/**
 * Reads one bare address: no display name, list, control character or quoted local part,
 * at most 254 characters (RFC 5321, 4.5.3.1), the local part in ASCII (SMTPUTF8 is not
 * offered by enough relays to promise it). Throws an AddressError for whoever typed it.
 */
export function parseAddress(text: string): Address {
  const typed = text.trim();
  const at = typed.lastIndexOf('@');
  // Without a local part there is nothing to cut, and half of a pair of surrogates is no text.
  if (at < 1) throw noAddress(typed);
  // What a URL would drop or decode is no part of a domain: no other mailbox may come of it.
  const isPlain = /^[\p{L}\p{M}\p{N}.-]+$/u.test(typed.slice(at + 1));
  const domain = isPlain ? domainToASCII(typed.slice(at + 1)).toLowerCase() : '';
  const address = `${typed.slice(0, at)}@${domain}`;
  const isFine =
    isAscii(typed.slice(0, at)) &&
    validator.isEmail(address, {
      allow_utf8_local_part: false,
      ignore_max_length: false,
    });
  // The reserved .invalid is for sample readers; the library wants a real-looking top level.
  if (domain === '' || typed.startsWith('"') || !isFine) throw noAddress(typed);
  return { address, key: address.toLowerCase() };
}

/** The library throws at half of a pair of surrogates. */
const isAscii = (text: string) => /^[\x21-\x7e]+$/.test(text);

const noAddress = (typed: string) =>
  new AddressError(
    `"${[...typed.slice(0, 81)].slice(0, 80).join('')}" is not an email address: write it as name@example.org`,
  );

/** The address so that its owner knows it and nobody else learns it: `a…e@e…e.org`. */
export function maskAddress(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  const dot = domain.lastIndexOf('.');
  const name = dot > 0 ? domain.slice(0, dot) : domain;
  return `${maskWord(local)}@${maskWord(name)}${domain.slice(name.length)}`;
}

function maskWord(word: string): string {
  return word.length > 3 ? `${word.slice(0, 1)}…${word.slice(-1)}` : `${word.slice(0, 1)}…`;
}

/** The part of an address behind its at sign. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
