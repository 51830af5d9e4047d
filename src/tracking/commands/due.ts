/** `/due 2024-10-01 the vendor is late`: moves the due date; the move stands in the issue with who and why. */
import type { PlainDate } from "../../calendar.js";
import { withSlip } from "../bounds.js";
import type { Slip, TrackedItem } from "../types.js";
import { readDate } from "./dates.js";
import type { Command } from "./types.js";

export interface Due {
  readonly kind: "due";
  readonly date: PlainDate;
  readonly why: string | null;
}

export const due: Command<Due> = {
  usage: ["/due DATE [reason]"],
  alsoCalled: ["date", "deadline", "extend", "move", "postpone"],
  help: "moves the due date; the first one stays on record",
  parse(rest, reading) {
    const found = readDate(rest, reading);
    if (found.kind !== "date") return found;
    if (found.date < reading.written) return { kind: "past", date: found.date };
    return { kind: "due", date: found.date, why: found.why };
  },
  perform: (step, { date, why }, { author: by, on }) => ({ ...step, item: moved(step.item, date, { on, by, why }) }),
  restore: ({ due, dueOrigin, originalDue, slips, slipsLeftOut }) => ({
    due,
    dueOrigin,
    originalDue,
    slips,
    slipsLeftOut,
  }),
};

/** The item with its due date moved by a person. The document's own date is kept beside it, to see when that moves too. */
function moved(
  item: TrackedItem,
  to: PlainDate,
  { on, by, why }: Pick<Slip, "on" | "why"> & { by: string },
): TrackedItem {
  const { due, dueOrigin, originalDue } = item;
  const document = dueOrigin.kind === "command" ? dueOrigin.document : due;
  return {
    ...item,
    due: to,
    dueOrigin:
      to === due && dueOrigin.kind !== "command" ? dueOrigin : { kind: "command", by, was: document, document },
    originalDue: originalDue ?? to,
    ...(to === due ? {} : withSlip(item, { on, from: due, to, by, why })),
  };
}
