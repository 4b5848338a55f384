/** How a webhook stands: in a word, and as bad as that is. */
export interface WebhookStanding {
  readonly state: string;
  readonly tone: string;
}

/** `/admin/webhooks`: who elsewhere is told what happens. */
export interface WebhooksPage {
  readonly formToken: string;
  readonly mayOperate: boolean;
  readonly status?: string;
  readonly error?: string;
  readonly webhooks: readonly (WebhookStanding & {
    readonly name: string;
    readonly to: string;
    readonly events: string;
    readonly said: string;
  })[];
  /** As typed into the form. */
  readonly name: string;
  readonly url: string;
  readonly withAddresses: boolean;
  readonly events: readonly {
    readonly value: string;
    readonly label: string;
    readonly isChosen: boolean;
  }[];
}

/** `/admin/webhooks/:name`: how one goes, and everything that it was told. */
export interface WebhookPage extends WebhookStanding {
  readonly formToken: string;
  readonly mayOperate: boolean;
  readonly here: string;
  readonly name: string;
  readonly status?: string;
  readonly error?: string;
  /** Shown this once. */
  readonly secret?: string;
  readonly isOff: boolean;
  /** What waits and was not taken, in a sentence. */
  readonly waiting?: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly batches: readonly {
    readonly id: number;
    readonly what: string;
    readonly state: string;
    readonly tone: string;
    readonly tries: readonly {
      readonly when: string;
      readonly took: string;
      readonly said: string;
    }[];
  }[];
  readonly moreLink?: string;
}
