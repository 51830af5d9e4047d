/** Weeks made by dice: items in every state that a digest tells of. */
import { addDays } from "../../src/calendar.js";
import type { DigestInput } from "../../src/render/digest.js";
import type { TrackedItem, TrackingIssue } from "../../src/tracking/types.js";
import { document, item, standing } from "../render/samples.js";
import { dice } from "./year/people.js";

/** A Monday. */
export const TODAY = "2024-11-18";

/** A repository in a week, with about so many items; the same dice make the same. */
export function aWeek(seed: number, items: number): DigestInput {
  const random = dice(seed * 7_919);
  const upTo = (most: number) => Math.floor(random() * most);
  const near = (before: number, after: number) => addDays(TODAY, upTo(before + after + 1) - before);
  const severities = ["SEV-1", "SEV-2", "SEV-3", "sev 1 | odd", "P0 incident", "Minor", "Other", null];
  const documents = severities.map((severity, at) =>
    document({ id: `d${at}`, title: `Outage ${at}`, incident: { ...document().incident, severity } }),
  );
  const one = (_: unknown, at: number): TrackedItem => {
    const due = random() < 0.1 ? null : near(40, 40);
    const openedOn = near(90, 0);
    const slips = Array.from({ length: random() < 0.3 ? 1 + upTo(3) : 0 }, () => ({
      ...{ on: near(20, 0), from: random() < 0.1 ? null : near(30, 20), to: near(10, 40) },
      ...{ by: random() < 0.5 ? "lisa" : null, why: random() < 0.5 ? "the vendor is late" : null },
    })).sort((a, b) => a.on.localeCompare(b.on));
    const rest = { on: near(20, 0), until: near(10, 30), by: "lisa", why: "no budget" };
    const isOpen = random() < 0.85;
    const closedAs = (["completed", "completed", "not_planned", "duplicate"] as const)[upTo(4)] ?? "completed";
    const issue: Partial<TrackingIssue> = {
      number: at + 1,
      assignees: Array.from({ length: upTo(3) }, () => `p${upTo(9)}`),
      ...(random() < 0.1 && { blockedBy: 1 }),
      ...(!isOpen && { open: false, closedOn: [openedOn, near(60, 0)].sort()[1] ?? openedOn, closedAs }),
    };
    const part: Partial<TrackedItem> = {
      ...{ id: `i${at}`, documentId: `d${upTo(severities.length)}`, due, originalDue: due, openedOn, slips },
      ...(random() < 0.1 && { snoozes: [rest] }),
      ...(random() < 0.05 && { waiver: isOpen ? rest : { ...rest, until: null } }),
      ...(isOpen && random() < 0.05 && { leftOn: near(20, 0) }),
    };
    return item(`item ${seed}-${at}`, part, { priority: ["P0", "P1", null][upTo(3)] ?? null }, issue);
  };
  const all = Array.from({ length: items }, one);
  return standing({
    today: TODAY,
    open: all.filter(({ issue }) => issue?.open),
    closed: all.filter(({ issue }) => !issue?.open),
    documents: new Map(documents.map((one) => [one.id, one])),
  });
}
