/** Figures by what an item is counted by: severity, priority, service … An item with several services, teams or assignees counts in each. */
import { numberIn, plainName } from "../due.js";
import { byRank } from "../order.js";
import { type Counted, isOwed, type Period } from "./counted.js";
import { type Figures, figuresOf } from "./figures.js";

/** What figures can be told by. `type`: what the work is for, where the document says so; `month`: in which it was opened. */
export const FACETS = ["severity", "priority", "service", "team", "owner", "type", "month", "repository"] as const;

export type Facet = (typeof FACETS)[number];

export interface Group {
  /** As most items write it; null for those that have none. */
  readonly name: string | null;
  readonly figures: Figures;
}

/** The names under which an item counts; owners are those whom GitHub shows as assignees. */
function namesOf({ item, document, repository, teams }: Counted, facet: Facet): readonly (string | null)[] {
  switch (facet) {
    case "severity":
      return [document.incident.severity];
    case "priority":
      return [item.base.priority];
    case "service":
      return document.incident.services;
    case "team":
      return teams;
    case "owner":
      return item.issue?.assignees ?? [];
    case "type":
      return [item.base.type];
    case "month":
      return [item.openedOn?.slice(0, 7) ?? null];
    case "repository":
      return [repository];
  }
}

/**
 * The figures of each group: severities and priorities by their number, months in their order, the others by how much is open. Those without a
 * name come last. `counted`: of {@link inPeriod}.
 */
export function groupsOf(counted: readonly Counted[], facet: Facet, period: Pick<Period, "since">): Group[] {
  const groups = new Map<string | null, { written: string[]; counted: Counted[] }>();
  for (const one of counted) {
    const names = new Map(namesOf(one, facet).map((name) => [name === null ? null : keyOf(name, facet), name]));
    for (const [key, name] of names.size > 0 ? names : [[null, null] as const]) {
      const group = groups.get(key) ?? { written: [], counted: [] };
      group.counted.push(one);
      if (name !== null) group.written.push(name);
      groups.set(key, group);
    }
  }
  const ranked = byRank([...groups], ([key, { counted }]) => [
    key === null ? 1 : 0,
    ...orderOf(key ?? "", counted, facet),
  ]);
  return ranked.map(([, { written, counted }]) => ({ name: mostOften(written), figures: figuresOf(counted, period) }));
}

/** `SEV-1`, `sev1` and `Sev 1` are one. What GitHub names is compared by its case alone. */
function keyOf(name: string, facet: Facet): string {
  switch (facet) {
    case "severity":
    case "priority":
    case "service":
      return plainName(name) || name;
    case "team":
    case "owner":
    case "type":
    case "month":
    case "repository":
      return name.toLowerCase();
  }
}

function orderOf(key: string, counted: readonly Counted[], facet: Facet): (string | number)[] {
  switch (facet) {
    case "severity":
    case "priority":
      return [numberIn(key) ?? Number.POSITIVE_INFINITY, key];
    case "month":
      return [key];
    case "service":
    case "team":
    case "owner":
    case "type":
    case "repository":
      return [-counted.filter(isOwed).length, -counted.length, key];
  }
}

/** The text that stands there most often, the first of several; null for none. */
function mostOften(texts: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [most] = byRank([...counts], ([, amount]) => [-amount]);
  return most?.[0] ?? null;
}
