/** Items that people join and tell apart, and what an item was before its words changed. */
import { describe, expect, it } from "vitest";
import { fingerprint, itemMarker, parseItemMarker } from "../../src/render/marker.js";
import { takenOver } from "../../src/tracking/decide.js";
import { knownWords } from "../../src/tracking/identity.js";
import { asFormerly, isApartFrom, toldApart } from "../../src/tracking/joins.js";
import { stateOf } from "../../src/tracking/summary.js";
import type { TrackedItem } from "../../src/tracking/types.js";
import { aDocument } from "../store/samples.js";
import { an, DOCUMENT, decideOn, opened, policyWith, TODAY } from "./samples.js";

const [CONNECTIONS, MEMORY] = [
  "Raise the connection limit of the orders database",
  "Raise the memory limit of the orders database",
];
const INPUT = { document: DOCUMENT, policy: policyWith({}), assignable: new Set(["ada", "lisa", "dev"]), today: TODAY };

const only = (items: readonly TrackedItem[]): TrackedItem => {
  const [item] = items;
  if (!item) throw new Error("no item");
  return item;
};
const known = () =>
  only(opened(decideOn([an(CONNECTIONS, { owners: ["dev"], mentions: ["dev"], due: "2024-10-01" })])));
const reworded = (title = MEMORY, tracked = known()) =>
  only(decideOn([an(title, { due: "2024-11-01" })], { tracked: [tracked] }));

describe("what an item was before", () => {
  it("is kept where its words change, and no more than the last of it", () => {
    expect(reworded().former).toMatchObject({ base: { title: CONNECTIONS, owners: ["dev"] }, due: "2024-10-01" });
    const twice = reworded(`${MEMORY} twice`, reworded());
    expect(twice.former).toMatchObject({ base: { title: MEMORY }, due: "2024-11-01" });
  });

  it.each<[string, () => TrackedItem]>([
    ["its words only look otherwise", () => reworded(`**${CONNECTIONS.toUpperCase()}**!`)],
    [
      "nobody knows it by an issue yet",
      () => reworded(MEMORY, { ...known(), issue: null, written: null, openedOn: null }),
    ],
    ["both are too long for a marker", () => reworded(`${MEMORY} ${"<".repeat(1_500)}`)],
  ])("is not where %s", (_, item) => {
    expect(item().former).toBeUndefined();
  });

  it("stays while the words stay, and holds again where they are other work, with the date and without its move", () => {
    const ticked = only(decideOn([an(MEMORY, { due: "2024-11-01", done: true })], { tracked: [reworded()] }));
    const apart = toldApart(ticked, MEMORY);
    expect(apart).toMatchObject({ base: { title: CONNECTIONS, done: false }, due: "2024-10-01", slips: [] });
    expect(apart).not.toHaveProperty("former");
    expect(isApartFrom(apart, reworded())).toBe(true);
  });

  it("holds again but for a date that a person gave it since", () => {
    const by = { kind: "command", by: "lisa", was: "2024-11-01", document: "2024-11-01" } as const;
    const moved = { ...reworded(), due: "2024-12-01", dueOrigin: by };
    expect(toldApart(moved, MEMORY)).toMatchObject({ base: { title: CONNECTIONS }, due: "2024-12-01", dueOrigin: by });
  });

  it("holds not where other words are told apart", () => {
    expect(toldApart(reworded(), "Order chairs").base.title).toBe(MEMORY);
    expect(asFormerly(known())).toEqual(known());
  });

  it("is told apart from five other works, the newest, and from none twice", () => {
    const told = ["a", "b", "c", "d", "e", "f", "f"].reduce(toldApart, known());
    expect(told.isNot).toEqual(["b", "c", "d", "e", "f"]);
    expect(knownWords("x".repeat(500))).toHaveLength(100);
  });
});

describe("an item that is the same work as another", () => {
  const older = (): TrackedItem => ({ ...known(), leftOn: TODAY });
  const newer = (): TrackedItem => ({
    ...only(opened(decideOn([an(MEMORY, { owners: ["lisa"], mentions: ["lisa"], due: "2024-11-01", line: 12 })]))),
    id: "newer",
  });
  const joined = (): TrackedItem => {
    const { issue, written, ...item } = newer();
    const closed = { open: false, closedOn: TODAY, closedAs: "duplicate" as const };
    return {
      ...item,
      sameAs: { id: known().id, issue: 1 },
      issue: issue && { ...issue, number: 2, ...closed },
      written: written && { ...written, open: false },
    };
  };

  it("gives it its words, date and place, as if they had been known for a rewording, and doing it twice changes nothing", () => {
    const taken = takenOver(older(), newer(), INPUT);
    expect(taken).toMatchObject({
      base: { title: MEMORY, owners: ["lisa"] },
      leftOn: null,
      due: "2024-11-01",
      place: { line: 12 },
    });
    expect(taken.slips).toMatchObject([{ from: "2024-10-01", to: "2024-11-01", by: null }]);
    expect(taken.former?.base.title).toBe(CONNECTIONS);
    expect(takenOver(taken, newer(), INPUT)).toEqual(taken);
  });

  it("gives it a date that a person had given to the newer one", () => {
    const dueOrigin = { kind: "command", by: "lisa", was: "2024-11-01", document: "2024-11-01" } as const;
    const taken = takenOver(older(), { ...newer(), due: "2024-12-01", dueOrigin }, INPUT);
    expect(taken).toMatchObject({ due: "2024-12-01", dueOrigin, originalDue: "2024-10-01" });
    expect(taken.slips.at(-1)).toMatchObject({ to: "2024-12-01", by: "lisa" });
  });

  it("is its duplicate, ticked or not, and opens no issue", () => {
    const ticked = { ...joined(), base: { ...joined().base, done: true } };
    for (const item of [joined(), ticked]) expect(stateOf(item, TODAY)).toBe("duplicate");
    const [one, other] = decideOn([an(MEMORY)], { tracked: [takenOver(older(), newer(), INPUT), joined()] });
    expect(one).toMatchObject({ id: known().id, leftOn: null });
    expect(other).toMatchObject({ id: "newer", leftOn: TODAY, conflicts: [] });
  });

  it("is its own again where the other one is told apart from its words", () => {
    const apart = toldApart(takenOver(older(), newer(), INPUT), MEMORY);
    const [one, other] = decideOn([an(MEMORY)], { tracked: [apart, joined()] });
    expect(one).toMatchObject({ id: "newer" });
    expect(one).not.toHaveProperty("sameAs");
    expect(other).toMatchObject({ id: known().id, leftOn: TODAY, base: { title: CONNECTIONS } });
  });

  it("is read back from its marker; what somebody edited of it is left out", () => {
    const item = {
      ...joined(),
      former: reworded().former ?? null,
      isNot: ["a"],
      perhaps: { id: "i9", issue: 9 },
    } as TrackedItem;
    const made = itemMarker("item", item, aDocument());
    const { sameAs, former, isNot, perhaps } = item;
    expect(parseItemMarker("item", made)?.item).toMatchObject({ sameAs, former, isNot, perhaps });
    expect(fingerprint(made)).toBe(fingerprint(itemMarker("item", item, aDocument())));
    const edited = made.replace('"sameAs":{"id":"', '"sameAs":{"id":"not an id ').replace('"issue":9', '"issue":-9');
    const read = parseItemMarker("item", edited);
    expect(read).toMatchObject({ edited: true, item: { id: "newer", former, isNot } });
    expect(read?.item).not.toHaveProperty("sameAs");
    expect(read?.item).not.toHaveProperty("perhaps");
  });
});
