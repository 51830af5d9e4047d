/**
 * The App as a host of Probot apps knows one: what it does with a delivery is to put it into the work list, committed before the host
 * answers. Everything else happens later, in `workers`.
 */
import { DatabaseDown } from "../errors.js";
import type { DeliveryHost } from "../github/deliveries.js";
import { EVENTS, type EventName, InvalidPayload } from "../github/trigger.js";
import type { Log } from "../jobs/log.js";
import type { Store } from "../store/types.js";
import { receive } from "./receive.js";

/** What became of a delivery. */
export type DeliveryOutcome = "recorded" | "ignored" | "invalid" | "failed";

/** A delivery that is not in the work list. `status` is what a host answers with, so that GitHub keeps it as failed. */
export class NotRecorded extends Error {
  override readonly name = "NotRecorded";

  constructor(
    message: string,
    readonly status: 400 | 500 | 503,
  ) {
    super(message);
  }
}

export interface DeliveriesParts {
  readonly store: Store;
  readonly wall: () => Date;
  readonly log: Log;
  /** The App's own login, where it is known. */
  readonly bot: () => string | null;
  /** Told of each delivery of an event that counts. */
  readonly onOutcome: (event: EventName, outcome: DeliveryOutcome) => void;
}

/** An app function: has `host` record deliveries. What it throws is {@link NotRecorded}. */
export function recordDeliveries(parts: DeliveriesParts): (host: DeliveryHost) => void {
  const { store, wall, log, bot, onOutcome } = parts;
  return (host) =>
    host.on([...EVENTS], async ({ id, name, payload }) => {
      const event = EVENTS.find((one) => one === name);
      if (!event) return;
      try {
        const outcome = await receive(store, { id, event, payload }, bot(), wall());
        log.debug({ delivery: id, event, outcome }, "delivery received");
        onOutcome(event, outcome);
      } catch (error) {
        if (error instanceof InvalidPayload) {
          onOutcome(event, "invalid");
          log.warn({ delivery: id, event, problem: error.message }, "delivery is not as GitHub describes it");
          throw new NotRecorded(`${error.message} Nothing was recorded.`, 400);
        }
        onOutcome(event, "failed");
        log.error({ err: error, delivery: id, event }, "delivery could not be recorded");
        const [status, why] =
          error instanceof DatabaseDown ? ([503, error.message] as const) : ([500, "Something went wrong."] as const);
        throw new NotRecorded(`${why} The delivery is not recorded; deliver it again later.`, status);
      }
    });
}
