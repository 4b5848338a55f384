import type { ChannelStanding } from '../channels/standing.ts';
import type { DeskChoice } from './frame.ts';

/** `/admin/channels`: the channels of a team that editions are posted to. */
export interface ChannelsPage {
  readonly formToken: string;
  readonly mayOperate: boolean;
  readonly status?: string;
  readonly errors: readonly string[];
  readonly channels: readonly (ChannelStanding & {
    readonly name: string;
    /** `Slack, hooks.slack.com/…aB3d`. */
    readonly to: string;
    readonly said: string;
  })[];
  /** As typed into the form; a key is never shown again. */
  readonly name: string;
  readonly url: string;
  readonly user: string;
  readonly room: string;
  readonly topic: string;
  readonly services: readonly DeskChoice[];
  /** PapersPart and TimesPart of the preference page. */
  readonly papersPart: string;
  readonly timesPart: string;
}

/** `/admin/channels/:name`: how one goes, and what was posted there. */
export interface ChannelPage extends ChannelStanding {
  readonly formToken: string;
  readonly mayOperate: boolean;
  readonly here: string;
  readonly name: string;
  readonly status?: string;
  readonly error?: string;
  /** Shown this once; of a Standard Webhook alone. */
  readonly secret?: string;
  readonly isOff: boolean;
  /** How it goes, in a sentence. */
  readonly said: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly posts: readonly {
    readonly id: number;
    readonly what: string;
    readonly state: string;
    readonly tone: string;
    readonly said: string;
    /** What resending it would be called; absent while it is on its way. */
    readonly resend?: string;
    /** True where it may then stand twice. */
    readonly mayBeTwice: boolean;
    readonly edition: string;
  }[];
  readonly papersPart: string;
  readonly timesPart: string;
}
