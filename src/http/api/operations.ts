import type { Operation } from './operation.ts';
import { announcementOperations } from './operations/announcements.ts';
import { channelOperations } from './operations/channels.ts';
import { circleOperations } from './operations/circles.ts';
import { deliveryOperations } from './operations/deliveries.ts';
import { deskOperations } from './operations/desk.ts';
import { editionOperations } from './operations/editions.ts';
import { feedOperations } from './operations/feeds.ts';
import { proposalOperations } from './operations/proposals.ts';
import { subscriberOperations } from './operations/subscribers.ts';
import { webhookOperations } from './operations/webhooks.ts';

/**
 * Every operation of `/api/v1` that takes a key, by what it is about. What is not here is for
 * who has a shell: starting, migrating, DKIM keys, making operators, files of the server's disk.
 */
export const operationGroups: Readonly<Record<string, readonly Operation[]>> = {
  Desk: deskOperations,
  Feeds: feedOperations,
  Editions: editionOperations,
  Deliveries: deliveryOperations,
  Announcements: announcementOperations,
  Proposals: proposalOperations,
  Circles: circleOperations,
  Subscribers: subscriberOperations,
  Channels: channelOperations,
  Webhooks: webhookOperations,
};
