/** `/admin/sign-in`: a name and a password, or how to make the first operator. */
export interface SignInPage {
  readonly hasOperators: boolean;
  /** As typed. */
  readonly name: string;
  /** Where to go on afterwards. */
  readonly next: string;
  /** That the password was right: then only the code is asked for. */
  readonly proof?: string;
  /** What the browser is asked in order to show a passkey; absent where the site can have none. */
  readonly passkey?: { readonly options: string; readonly proof: string };
  readonly error?: string;
}

/** `/admin/factor`: one's own second factor. */
export interface FactorPage {
  readonly formToken: string;
  readonly status?: string;
  readonly error?: string;
  /** True where one counts, an app or a passkey. */
  readonly hasFactor: boolean;
  readonly hasApp: boolean;
  /** False where the site's address is none that browsers make passkeys for. */
  readonly mayHavePasskeys: boolean;
  readonly passkeys: readonly {
    readonly id: string;
    readonly name: string;
    readonly told: string;
  }[];
  /** What the browser is asked in order to make one; absent until that was begun. */
  readonly making?: { readonly options: string; readonly proof: string };
  /** True where none may be taken off. */
  readonly isRequired: boolean;
  /** How many recovery codes are left. */
  readonly codesLeft: number;
  /** What the app is given, until a code showed that it has it. */
  readonly begun?: { readonly secret: string; readonly uri: string; readonly qr: string };
  /** New recovery codes, shown this once. */
  readonly codes?: readonly string[];
}

/** `/admin/sessions`: who is signed in where. */
export interface SessionsPage {
  readonly formToken: string;
  /** True for who may end those of others. */
  readonly mayEnd: boolean;
  readonly sessions: readonly {
    readonly id: number;
    readonly operator: string;
    readonly since: string;
    readonly seen: string;
    readonly isHere: boolean;
  }[];
}
