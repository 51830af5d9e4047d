/** What somebody would forge who may edit what the App wrote in their own repository. */
import fc from "fast-check";
import { expect } from "vitest";
import { itemMarker, marker, nudgeMarker, statusMarker } from "../../src/render/marker.js";
import { mintDocumentId } from "../../src/tracking/identity.js";
import type { TrackedDocument, TrackedItem } from "../../src/tracking/types.js";
import { pathsOf, replaced } from "./edits.js";
import { CANARY, readable, type Tenants, VICTIM_PATH } from "./tenants.js";

interface Theirs {
  readonly document: string;
  readonly items: readonly string[];
}

export interface Known {
  readonly document: TrackedDocument;
  readonly item: TrackedItem;
  readonly issue: number;
  readonly theirs: Theirs;
}

/** The attacker's own document and item, and the ids of the victim's, which anybody can mint. */
export async function known(tenants: Tenants): Promise<Known> {
  const { documents, items } = await tenants.rowsOf(tenants.attacker);
  const [document, item] = [documents[0], items.find(({ issue }) => issue?.adoptedBy === null)];
  if (!document || !item?.issue) throw new Error("the attacker's own postmortem is not followed");
  const victim = await tenants.rowsOf(tenants.victim);
  const id = mintDocumentId(tenants.victim.state.id, VICTIM_PATH);
  expect(victim.documents.map((one) => one.id)).toEqual([id]);
  return {
    document,
    item,
    issue: item.issue.number,
    theirs: { document: id, items: victim.items.map((one) => one.id) },
  };
}

/** Values that would be of use to somebody who forges, and such as nobody could have meant. */
const values = (tenants: Tenants, theirs: Theirs) =>
  fc.oneof(
    fc.constantFrom<unknown>(
      ...[theirs.document, ...theirs.items, VICTIM_PATH, "../../../acme/shop/contents/README.md", "acme/shop"],
      ...[tenants.victim.state.id, tenants.homes.victim, 1, 2, 3, 999_999, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER],
      ...[
        "2024-02-31",
        "9999-12-31",
        "0000-01-01",
        "2024-09-01",
        "9999999-01-01",
        "x\0y",
        "",
        "@everyone",
        "x".repeat(9_000),
      ],
      ...[null, true, false, [], {}, [theirs.items], "status:1", "link:1", "digest", 3, 999, 1_000],
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );

/** A marker as somebody would make it who has the attacker's own: any part of it replaced, some several times. */
const forged = (tenants: Tenants, { document, item, theirs }: Known) => {
  const stolen = { ...document, id: theirs.document, firstPath: VICTIM_PATH };
  const ids = [item.id, ...theirs.items];
  const real = [document, stolen].flatMap((one) => [
    statusMarker([one, document]),
    ...ids.flatMap((id) => [itemMarker("item", { ...item, id }, one), itemMarker("adopted", { ...item, id }, one)]),
  ]);
  const others = [
    ...ids.map((id) => nudgeMarker({ item: id, n: 1, on: "2024-09-22", also: [], to: [] })),
    ...["link", "reply", "digest", "digest-week"].map((kind) => marker(kind as "link", { key: "status:1" })),
  ];
  return fc
    .tuple(fc.constantFrom(...real, ...others), fc.array(fc.tuple(fc.nat(), values(tenants, theirs)), { maxLength: 3 }))
    .map(([made, edits]) => {
      const [, kind = "", json = "{}"] = /^<!-- follow-through:([a-z-]+) (.*) -->$/.exec(made) ?? [];
      const data = edits.reduce<unknown>((whole, [at, value]) => {
        const paths = pathsOf(whole);
        return replaced(whole, paths[at % Math.max(1, paths.length)] ?? [], value);
      }, JSON.parse(json));
      return `<!-- follow-through:${kind} ${JSON.stringify(data).replaceAll("--", "-\\u002d")} -->`;
    });
};

/**
 * So many tries of forged markers in any of what the App wrote in the attacker's repository, each read again and followed by every
 * pass: nothing of the victim's is seen or changed, and no pass ends.
 */
export async function forgeAnything(tenants: Tenants, tries: number): Promise<void> {
  const { victim, attacker, stage } = tenants;
  const told = await known(tenants);
  const [before, seen] = [await tenants.rowsOf(victim), readable(victim)];
  // What the App wrote in the attacker's repository, to be put back after each try.
  const own = [...attacker.state.issues.values(), ...attacker.state.comments.values()]
    .filter(({ viaApp }) => viaApp)
    .map((written) => ({ written, body: written.body ?? "" }));
  expect(own.length).toBeGreaterThan(8);
  stage.gh.limits.enabled = false;
  const place = fc.nat({ max: own.length - 1 });
  const edit = fc.record({ place, text: forged(tenants, told), instead: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 12 }), async (edits) => {
      // GitHub's limits are another test's; the App's own books are kept by this clock.
      stage.gh.clock.advance(10 * 60_000);
      for (const { written, body } of own) written.body = body;
      for (const { place, text, instead } of edits) {
        const written = own[place]?.written;
        if (!written) continue;
        const marked = /<!-- follow-through:[a-z-]+ .* -->/;
        written.body = instead ? (written.body ?? "").replace(marked, () => text) : `${written.body}\n${text}`;
      }
      await tenants.readAgain(attacker);
      await tenants.workOn(attacker, victim);
      await tenants.workOn(attacker);

      expect(readable(attacker).toLowerCase()).not.toContain(CANARY);
      expect(JSON.stringify(await tenants.rowsOf(attacker)).toLowerCase()).not.toContain(CANARY);
      expect(await tenants.rowsOf(victim)).toEqual(before);
      expect(readable(victim)).toBe(seen);
      // Only a marker that says to be a newer version's holds its repository up, and says so.
      const waiting = (await tenants.store.repository(attacker.state.id))?.obstacle;
      if (waiting) expect(waiting).toMatch(/^#\d+ was written by a newer version of Follow-Through/);
      else
        expect(await tenants.store.work.stats(stage.gh.clock.now())).toMatchObject({ ready: 0, waiting: 0, dead: 0 });
      await tenants.store.changeRepository(attacker.state.id, { obstacle: null });
    }),
    { numRuns: tries },
  );
}
