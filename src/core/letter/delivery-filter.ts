import type { DeliveryState, FailureCause } from './delivery.ts';

/** Which deliveries: all that is given must hold. */
export interface DeliveryFilter {
  readonly state?: DeliveryState | undefined;
  readonly editionId?: number | undefined;
  readonly cause?: FailureCause | undefined;
  /** The domain of the address. */
  readonly domain?: string | undefined;
  readonly subscriberId?: number | undefined;
}

/** The same as a person asks for it. */
export interface AskedDeliveries extends DeliveryFilter {
  /** The whole address. */
  readonly address?: string | undefined;
}

export const deliveryStates = [
  'ready',
  'sending',
  'deferred',
  'accepted',
  'failed',
  'in_doubt',
] as const satisfies readonly DeliveryState[];

export const failureCauses = [
  'permanent',
  'expired',
  'cancelled',
  'suppressed',
] as const satisfies readonly FailureCause[];
