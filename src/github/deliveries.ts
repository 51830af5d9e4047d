/**
 * Where deliveries come in: a Probot app, or {@link webhookEvents} where no Probot is needed, hands them to whoever asked for their
 * event, and waits for them (adr/0031).
 */
import { Webhooks } from "@octokit/webhooks";
import type { EventName } from "./trigger.js";

/** A delivery whose signature was right. */
export interface Delivered {
  readonly id: string;
  readonly name: string;
  /** JSON, whatever its shape. */
  readonly payload: unknown;
}

/** As much of a Probot app as it takes to be handed deliveries. */
export interface DeliveryHost {
  on(names: EventName[], take: (delivery: Delivered) => Promise<void>): void;
}

/** A host of its own, which does not make a client for each delivery as Probot does. */
export interface WebhookEvents extends DeliveryHost {
  /** Resolves once everybody who asked for the event is done. @throws what one of them threw. */
  receive(delivery: Delivered): Promise<void>;
}

/** Octokit's own events, as Probot has them. Signatures are checked before, while the body comes in. */
export function webhookEvents(secret: string): WebhookEvents {
  const webhooks = new Webhooks({ secret });
  return {
    on: (names, take) => webhooks.on(names, take),
    async receive(delivery) {
      try {
        // Its types know each event's payload, which we check ourselves.
        await webhooks.receive(delivery as Parameters<typeof webhooks.receive>[0]);
      } catch (error) {
        throw firstOf(error);
      }
    },
  };
}

/** Octokit gathers what its handlers threw, and hangs the whole payload on it. */
const firstOf = (error: unknown): unknown => (error instanceof AggregateError ? error.errors[0] : error);
