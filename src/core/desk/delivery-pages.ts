import type { DeskChoice } from './frame.ts';

/** A line of a list of deliveries. */
export interface DeliveryLine {
  readonly id: number;
  readonly address: string;
  readonly of: string;
  readonly state: string;
  readonly tone: string;
  readonly when: string;
  readonly reply?: string;
}

/** `/admin/deliveries`: a filter and what it shows. */
export interface DeliveriesPage {
  readonly states: readonly DeskChoice[];
  readonly causes: readonly DeskChoice[];
  readonly editions: readonly DeskChoice[];
  readonly domain: string;
  readonly address: string;
  readonly deliveries: readonly DeliveryLine[];
  /** The next page; absent on the last. */
  readonly moreLink?: string;
  /** The oldest delivery that was looked at; absent where there was no need to look any further. */
  readonly reachedId?: number;
  /** The plan of resending what the filter shows; absent for who may not. */
  readonly resendLink?: string;
  /** How each relay is used now, by each process that sends, and what all hold to. */
  readonly relays: readonly {
    readonly name: string;
    readonly by?: string;
    readonly state: string;
    readonly isDown: boolean;
  }[];
}

/** `/admin/deliveries/:id`: every try, and the very message. */
export interface DeliveryPage {
  readonly formToken: string;
  /** What is said in a post to a channel, which is no message. */
  readonly post?: string;
  readonly id: number;
  readonly address: string;
  readonly state: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly attempts: readonly {
    readonly when: string;
    readonly relay: string;
    readonly outcome: string;
    readonly said: string;
  }[];
  /** The reader's page; absent where there is none. */
  readonly readerLink?: string;
  readonly resendLink?: string;
  /** Where what is in doubt is decided; absent for who may not, and where nothing is. */
  readonly resolveAction?: string;
  /** The message; absent after pruning or erasing. */
  readonly message?: { readonly subject: string; readonly text: string };
}

/** `/admin/resend`: what a press would do, and the button. */
export interface ResendPage {
  readonly formToken: string;
  readonly title: string;
  readonly error?: string;
  /** Asked before there is a plan: what was wrong with the edition. */
  readonly note?: { readonly edition: string; readonly text: string };
  readonly plan?: {
    readonly total: number;
    readonly going: number;
    /** True where something would go out and this operator may send it. */
    readonly mayPress: boolean;
    readonly copies: number;
    readonly fates: readonly {
      readonly count: number;
      readonly words: string;
      readonly samples: readonly { readonly id: number; readonly address: string }[];
    }[];
    readonly fields: readonly { readonly name: string; readonly value: string }[];
  };
  readonly reason: string;
}

/** `/admin/resend/:id`: what a press came to. */
export interface PressPage {
  readonly title: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly isEnded: boolean;
  readonly left: number;
  readonly fates: readonly { readonly count: number; readonly words: string }[];
}
