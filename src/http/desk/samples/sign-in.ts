import { type DeskSamples, formToken } from './parts.ts';

/** The desk's pages of signing in, to check their templates with. */
export const signInSamples: DeskSamples<'desk/sign-in' | 'desk/sessions' | 'desk/factor'> = {
  'desk/sign-in': {
    full: {
      ...{ hasOperators: true, name: 'ada', next: '/admin', proof: 'p', error: 'A sentence.' },
      passkey: { options: '{}', proof: 'a' },
    },
    minimal: { hasOperators: false, name: '', next: '' },
  },
  'desk/sessions': {
    full: {
      formToken,
      mayEnd: true,
      sessions: [{ id: 1, operator: 'ada', since: 'now', seen: 'now', isHere: true }],
    },
    minimal: { formToken, mayEnd: false, sessions: [] },
  },
  'desk/factor': {
    full: {
      formToken,
      status: 'Saved.',
      error: 'Wrong.',
      hasFactor: true,
      hasApp: true,
      mayHavePasskeys: true,
      passkeys: [{ id: 'a', name: 'b', told: 'c' }],
      making: { options: '{}', proof: 'a' },
      isRequired: true,
      codesLeft: 10,
      begun: { secret: 'a', uri: 'otpauth://totp/a', qr: '' },
      codes: ['a'],
    },
    minimal: {
      ...{ formToken, hasFactor: false, hasApp: false, isRequired: false, codesLeft: 0 },
      ...{ mayHavePasskeys: false, passkeys: [] },
    },
  },
};
