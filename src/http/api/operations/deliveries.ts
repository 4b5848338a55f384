import { z } from 'zod';
import { heldSuppression, press, resendPlan } from '../../../commands/shapes/delivery.ts';
import { count } from '../../../commands/shapes/shape.ts';
import type { Operation } from '../operation.ts';

export const deliveryOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/deliveries',
    command: 'deliveries list',
    summary: 'Deliveries, the newest first',
    hidden: ['before'],
  },
  {
    method: 'GET',
    path: '/deliveries/status',
    command: 'deliveries status',
    summary: 'How sending stands: health, pauses, deliveries by state',
  },
  {
    method: 'POST',
    path: '/deliveries/run',
    command: 'deliveries run',
    summary: 'Send what is due now',
    description:
      'Answers 202 where workers are still at it. `everyone` overrides the days and hours of readers: on a service it needs `yes`, and without it answers 422 with how many there are; nothing is sent.',
    look: () => '/deliveries/status',
  },
  {
    method: 'GET',
    path: '/warm-up',
    command: 'warm-up show',
    summary: 'How the warm-up stands by provider, and its schedule',
  },
  {
    method: 'POST',
    path: '/warm-up/start',
    command: 'warm-up start',
    summary: 'Keep to daily ceilings while the domain or the relay is new',
    description: 'From the next round on; answers 409 where one goes on already.',
  },
  {
    method: 'POST',
    path: '/warm-up/stop',
    command: 'warm-up stop',
    summary: 'End the warm-up: nobody waits for a turn any more',
  },
  {
    method: 'GET',
    path: '/deliveries/doubts',
    command: 'deliveries doubt',
    summary: 'What may or may not have arrived, by name',
    hidden: ['after'],
  },
  {
    method: 'GET',
    path: '/deliveries/bounced',
    command: 'deliveries bounced',
    summary: 'Refused addresses of a paused edition, which wait for a decision',
    hidden: ['what', 'as'],
    answers: z.object({ items: z.array(heldSuppression) }),
  },
  {
    method: 'POST',
    path: '/deliveries/bounced/{what}/{as}',
    command: 'deliveries bounced',
    summary: 'Suppress or spare the refused addresses of an edition, or of "notices"',
    right: 'operate',
    answers: z.object({ count }),
  },
  {
    method: 'GET',
    path: '/deliveries/{delivery}',
    command: 'deliveries show',
    summary: "One delivery: every try, with the server's own words",
  },
  {
    method: 'POST',
    path: '/deliveries/{delivery}/resolve',
    command: 'deliveries resolve',
    summary: 'Decide a delivery in doubt',
    description: 'With `failed`, its papers come again.',
  },
  {
    method: 'POST',
    path: '/deliveries/reconcile',
    command: 'deliveries reconcile',
    summary: 'Record what went out before the database went back',
    description: 'Without `yes` it only counts.',
  },
  ...(['pause', 'resume', 'cancel'] as const).map(
    (verb): Operation => ({
      method: 'POST',
      path: `/deliveries/${verb}`,
      command: `deliveries ${verb}`,
      summary: {
        pause: 'Stop sending at once',
        resume: 'Go on sending',
        cancel: 'Cancel what has not begun',
      }[verb],
      description:
        '`what` is `all`, `notices`, `items` (digests without an edition) or the name of an edition.',
      // Whoever writes a program has made up their mind.
      ...(verb === 'cancel' ? { fixed: { yes: true } } : {}),
    }),
  ),
  {
    method: 'POST',
    path: '/trials',
    command: 'try',
    status: 202,
    summary: "Send today's real digest of one feed to one address",
    description: 'No subscription is made.',
    look: ({ delivery }) => `/deliveries/${delivery}`,
  },
  {
    method: 'GET',
    path: '/resends',
    command: 'resends list',
    summary: 'Every press of "resend", the newest first',
    hidden: ['before'],
  },
  {
    method: 'POST',
    path: '/resends',
    command: 'resend',
    status: 202,
    right: 'operate',
    summary: 'Send again: one, many or everyone',
    description:
      'Say one thing: `edition` and `address`; `delivery`; `edition` with `failed` or `inDoubt`; `deferred`; `edition` with `correction`, which takes the right to resend to everyone; or a filter of `state`, `cause` and `domain`. Second copies need `yes`. Under one Idempotency-Key there is one press, however often it comes.',
    fixed: { dryRun: false },
    hidden: ['key'],
    answers: press,
    look: ({ pressId }) => `/resends/${pressId}`,
  },
  {
    method: 'POST',
    path: '/resends/plan',
    command: 'resend',
    summary: 'What a resend would come to, counted; nothing is sent',
    fixed: { dryRun: true },
    hidden: ['key', 'yes', 'reason'],
    answers: resendPlan,
    isQuestion: true,
  },
  {
    method: 'GET',
    path: '/resends/{resend}',
    command: 'resends show',
    summary: 'How far a press is, and what became of each',
  },
];
