import { fieldOf, type Manners, waitField } from './answer.ts';
import { type CutPost, type EditionPost, fitPost } from './edition-post.ts';
import { escapeMarkdown, escapeZulip } from './escapes.ts';
import { buildDiscord, DESCRIPTION, describePost, discordUrl } from './forms/discord.ts';
import { buildMarkdown } from './forms/markdown.ts';
import { buildMatrix, putMatrix } from './forms/matrix.ts';
import { buildSlack } from './forms/slack.ts';
import { buildTeams, weighCard } from './forms/teams.ts';
import { buildWebhook } from './forms/webhook.ts';
import { buildZulip } from './forms/zulip.ts';
import type { Place, ServiceName } from './place.ts';
import { jsonWire, type Wire } from './wire.ts';

/** By what a message is known there, the same at every try. */
export interface PostName {
  readonly id: string;
  readonly at: Date;
}

/** One service that channels are of: its form, its limits, its answers, and where that was seen. */
export interface Service {
  readonly label: string;
  /** What its address looks like, for whoever types one. */
  readonly example: string;
  /** What else is needed to post there. */
  readonly needs: readonly Exclude<keyof Place, 'url'>[];
  /** Exact hosts; absent where anybody may run one. */
  readonly hosts?: RegExp;
  readonly path?: RegExp;
  /** Addresses of it that take another form, or that are no more, and what to do about it. */
  readonly others?: readonly { readonly address: RegExp; readonly fault: string }[];
  readonly build: (place: Place, post: EditionPost, name: PostName) => Wire;
  readonly manners: Manners;
  readonly seen: string;
}

const MATTERMOST_MOST = 15_000;
const SLACK_MOST = 9_500;
const SLACK_BLOCKS = 50;
const TEAMS_MOST = 18_000;
const ZULIP_MOST = 9_900;
const MATRIX_MOST = 28_000;
const WEBHOOK_MOST = 20_000;

const markdown = { quote: escapeMarkdown, heading: '#### ' };
const zulip = { quote: escapeZulip, heading: '' };
const codePoints = (text: string) => [...text].length;
const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** As of 2026-11. */
export const services: Readonly<Record<ServiceName, Service>> = {
  slack: {
    label: 'Slack',
    example: 'https://hooks.slack.com/services/T…/B…/…',
    needs: [],
    hosts: /^hooks\.slack(-gov)?\.com$/,
    path: /^\/services\/T[^/]+\/B[^/]+\/[^/]+$/,
    others: [
      {
        address: /^\/(workflows|triggers)\//,
        fault: 'is one of Workflow Builder, which takes variables alone: make an incoming webhook',
      },
    ],
    build: ({ url }, post) =>
      jsonWire(
        url,
        fitPost(post, buildSlack, (form) => {
          const { length } = JSON.stringify(form);
          return length <= SLACK_MOST && countBlocks(form) <= SLACK_BLOCKS;
        }),
      ),
    manners: {
      accepts: (text) => text.trim() === 'ok',
      gone: [
        { status: 404, says: /no_service|channel_not_found|no_team/ },
        { status: 403, says: /invalid_token|token_revoked/ },
        { status: 400, says: /invalid_token/ },
        { status: 410 },
      ],
    },
    seen: 'api.slack.com, "Sending messages using incoming webhooks"; slackapi/bolt-js#2509, #2867 (all blocks together); trufflesecurity/trufflehog#5177 (400 invalid_token)',
  },
  mattermost: {
    label: 'Mattermost',
    example: 'https://mattermost.example.org/hooks/…',
    needs: [],
    path: /\/hooks\/[A-Za-z0-9]+$/,
    build: ({ url }, post) => {
      const build = (cut: CutPost) => buildMarkdown(cut, markdown);
      const text = fitPost(post, build, (form) => codePoints(form) <= MATTERMOST_MOST);
      return jsonWire(url, { text });
    },
    manners: {
      accepts: (text) => text.trim() === 'ok',
      gone: [{ status: 400, says: /web\.incoming_webhook\.invalid\.app_error/ }],
    },
    seen: 'mattermost/mattermost webhook.go 013f83c: above 16,383 it splits at any character, and answers 500 where a later part fails',
  },
  teams: {
    label: 'Microsoft Teams',
    example: 'https://….environment.api.powerplatform.com:443/powerautomate/…',
    needs: [],
    hosts:
      /^([a-z0-9]+\.[a-z0-9]{2}\.environment\.api\.powerplatform\.com|prod-\d+\.[a-z0-9-]+\.logic\.azure\.com)$/,
    others: [
      {
        address: /^https:\/\/([^/]+\.webhook\.office\.com|outlook\.office\.com)\//,
        fault:
          'is a connector of Microsoft 365, which were switched off in May 2026: make a workflow "post to a channel when a webhook request is received"',
      },
    ],
    build: ({ url }, post) =>
      jsonWire(
        url,
        fitPost(post, buildTeams, (form) => weighCard(JSON.stringify(form)) <= TEAMS_MOST),
      ),
    manners: {
      accepts: () => true,
      leavesOpen: 'the workflow took it; whether the card was shown, only its own history says',
      gone: [
        { status: 400, says: /WorkflowTriggerIsNotEnabled/ },
        { status: 403, says: /WorkflowTriggerIsNotEnabled/ },
        { status: 404 },
      ],
    },
    seen: 'MicrosoftDocs/msteams-docs#11274 (28,672 bytes, counted after wrapping), #11302 (text alone); caronc/apprise c3e67e6 (connectors gone)',
  },
  discord: {
    label: 'Discord',
    example: 'https://discord.com/api/webhooks/…/…',
    needs: [],
    hosts: /^((ptb|canary)\.)?(discord|discordapp)\.com$/,
    path: /^\/api\/(v\d+\/)?webhooks\/\d+\/[^/]+$/,
    others: [
      {
        address: /\/(slack|github)(\?|$)/,
        fault: 'takes the form of another service: leave its last part out',
      },
    ],
    build: ({ url }, post) =>
      jsonWire(
        discordUrl(url),
        buildDiscord(
          fitPost(
            post,
            (cut) => cut,
            (cut) => describePost(cut).length <= DESCRIPTION,
          ),
        ),
      ),
    manners: {
      accepts: (text) => typeof fieldOf(text, 'id') === 'string',
      gone: [{ status: 404 }, { status: 401 }],
      waitIn: (text) => waitField(text, 'retry_after', 1_000),
    },
    seen: 'discord/discord-api-docs c98d64b: limits of embeds; without wait=true an unsaved message is a 204; a 404 is not to be tried again',
  },
  zulip: {
    label: 'Zulip',
    example: 'https://zulip.example.org',
    needs: ['user', 'key', 'room', 'topic'],
    build: (place, post) => {
      const build = (cut: CutPost) => buildMarkdown(cut, zulip);
      return buildZulip(
        place,
        fitPost(post, build, (form) => codePoints(form) <= ZULIP_MOST),
      );
    },
    manners: {
      accepts: (text) => fieldOf(text, 'result') === 'success',
      gone: [{ status: 401 }, { status: 400, says: /STREAM_DOES_NOT_EXIST/ }],
    },
    seen: 'zulip/zulip message_send.py 001b387: longer than 10,000 is cut without a word; a wildcard without the right to it refuses the whole message',
  },
  matrix: {
    label: 'Matrix',
    example: 'https://matrix.example.org',
    needs: ['key', 'room'],
    build: (place, post, { id }) => {
      const isSmall = (form: object) => bytesOf(JSON.stringify(form)) <= MATRIX_MOST;
      return putMatrix(place, fitPost(post, buildMatrix, isSmall), id);
    },
    manners: {
      accepts: (text) => typeof fieldOf(text, 'event_id') === 'string',
      gone: [
        { status: 401, says: /M_UNKNOWN_TOKEN/ },
        { status: 403, says: /M_FORBIDDEN/ },
      ],
      waitIn: (text) => waitField(text, 'retry_after_ms', 1),
      isSafe: true,
    },
    seen: 'matrix-org/matrix-spec d0ba2aa: m.mentions, events below 65,536 bytes; element-hq/synapse transactions.py 003fc72 (an id is known for a day)',
  },
  webhook: {
    label: 'Standard Webhooks',
    example: 'https://example.org/hook',
    needs: [],
    build: ({ url, key = '' }, post, name) => {
      const build = (cut: CutPost) => buildWebhook(cut, name);
      const form = fitPost(post, build, (one) => bytesOf(JSON.stringify(one)) <= WEBHOOK_MOST);
      return { ...jsonWire(url, form), secret: key };
    },
    manners: { accepts: () => true, gone: [{ status: 410 }], isSafe: true },
    seen: 'standard-webhooks/standard-webhooks b2fa7b8: any 2xx, the same webhook-id at every try, 410 for good',
  },
};

function countBlocks(form: object): number {
  const blocks: unknown = Reflect.get(form, 'blocks');
  return Array.isArray(blocks) ? blocks.length : 0;
}
