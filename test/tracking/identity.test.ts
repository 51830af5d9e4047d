/** Items keep who they are through what people do to a document. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ActionItem } from "../../src/postmortem/types.js";
import { isMinted, type Known, matchItems, mintDocumentId, mintItemId } from "../../src/tracking/identity.js";
import { an } from "./samples.js";

const item = (title: string, over: Partial<ActionItem> = {}): ActionItem => an(title, { line: 1, endLine: 1, ...over });

const known = (items: readonly ActionItem[]): Known[] =>
  items.map(({ title, ref, group, line }, index) => ({ id: `id-${index}`, title, ref, group, line }));

/** For each of `found` the index of the tracked item it was taken for, or null. */
const matched = (tracked: readonly ActionItem[], found: readonly ActionItem[]): (number | null)[] => {
  const { pairs } = matchItems(known(tracked), found);
  return found.map((_, index) => (pairs.has(index) ? Number(pairs.get(index)?.slice(3)) : null));
};

const titles = (...texts: string[]): ActionItem[] => texts.map((text, index) => item(text, { line: index + 1 }));

describe("mintDocumentId", () => {
  it("tells documents apart that began at the same path, and its ids are known again", () => {
    const ids = [0, 1, 2, 199].map((ordinal) => mintDocumentId(1, "a.md", ordinal));
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).toBe(mintDocumentId(1, "a.md"));
    for (const id of ids) {
      expect(isMinted({ id, firstPath: "a.md" }, 1)).toBe(true);
      expect(isMinted({ id, firstPath: "a.md" }, 2)).toBe(false);
      expect(isMinted({ id, firstPath: "b.md" }, 1)).toBe(false);
    }
    expect(isMinted({ id: mintDocumentId(1, "a.md", 200), firstPath: "a.md" }, 1)).toBe(false);
  });
});

describe("mintItemId", () => {
  const first = { repositoryId: 1, firstPath: "a.md", text: "Fix it", ordinal: 0 };

  it("is short, safe anywhere, and always the same", () => {
    expect(mintItemId(first)).toMatch(/^[a-z2-7]{12}$/);
    expect(mintItemId({ ...first })).toBe(mintItemId(first));
    expect(mintDocumentId(1, "a.md")).toMatch(/^[a-z2-7]{12}$/);
  });

  it("differs with each of its parts", () => {
    const others = [
      { ...first, repositoryId: 2 },
      { ...first, firstPath: "b.md" },
      { ...first, text: "Fix that" },
      { ...first, ordinal: 1 },
    ];
    const ids = [mintItemId(first), ...others.map(mintItemId), mintDocumentId(1, "a.md"), mintDocumentId(11, ".md")];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("spreads over its letters", () => {
    const ids = Array.from({ length: 2000 }, (_, ordinal) => mintItemId({ ...first, ordinal }));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids.join("")).size).toBe(32);
  });
});

describe("matchItems", () => {
  it("goes by a key that is unique on both sides, whatever the words", () => {
    const tracked = [item("Fix the queue", { ref: "TECH-4" }), item("Write the runbook", { ref: "TECH-5" })];
    const found = [item("Something else altogether", { ref: "tech-5" }), item("Fix the queue", { ref: "TECH-4" })];
    expect(matched(tracked, found)).toEqual([1, 0]);
  });

  it("does not go by a key that stands twice", () => {
    const tracked = [item("Fix the queue", { ref: "#12" }), item("Write the runbook", { ref: "#12" })];
    const found = [item("Write the runbook", { ref: "#12" }), item("Fix the queue", { ref: "#12" })];
    expect(matched(tracked, found)).toEqual([1, 0]);
  });

  it("pairs equal words in order, in their own group first", () => {
    const tracked = [item("Add tests", { group: "API" }), item("Add tests", { group: "Web" }), item("Add tests")];
    const found = [item("Add tests", { group: "Web" }), item("Add Tests.", { group: "API" }), item("add tests")];
    expect(matched(tracked, found)).toEqual([1, 0, 2]);
    expect(matched(titles("Fix it", "Fix it"), titles("Fix it", "Fix it", "Fix it"))).toEqual([0, 1, null]);
  });

  it("takes the best pair of the whole document, not the first that will do", () => {
    const tracked = titles("Alert on queue depth", "Alert on queue depth of the payments service");
    expect(
      matched(tracked, titles("Alert on the queue depth of our payments service", "Alert on depth of queue")),
    ).toEqual([1, 0]);
  });

  it("does not take another key's item for a rewording", () => {
    const tracked = [item("Add an alert for queue depth", { ref: "OPS-1" })];
    expect(matched(tracked, [item("Add an alert for lag of replicas", { ref: "OPS-2" })])).toEqual([null]);
    expect(matched(tracked, [item("Add an alert for queue depths", { ref: "OPS-2" })])).toEqual([0]);
  });

  it("knows what kept half its words, if only the common ones, where nothing else can be meant", () => {
    const before = "Add monitoring for the snapshot retry trace signature zone bundle";
    const others = titles(
      "Add monitoring for the queue ingress panel header quota ledger",
      "Add monitoring for the logger resolver cluster gateway webhook shipper",
    );
    const found = titles("Add monitoring for the ember fjord grove zone heath islet");
    expect(matched([...others, item(before)], [...others, ...found])).toEqual([0, 1, 2]);
    expect(matched(titles("Add tests"), titles("Add docs"))).toEqual([null]);
  });

  it("tells what is new and what is gone", () => {
    const { pairs, fresh, gone } = matchItems(known(titles("Rotate the keys", "Write a runbook")), [
      item("Write a runbook"),
      item("Page the database team"),
    ]);
    expect([[...pairs], fresh, gone]).toEqual([[[0, "id-1"]], [1], ["id-0"]]);
  });

  it("matches items without words by what stands there", () => {
    expect(matched(titles("🔥", "🚒"), titles("🚒", "🔥"))).toEqual([1, 0]);
  });

  it.each([
    ["Add alert for DB connection pool saturation", "Add alerting on database connection pool saturation"],
    ["Document the failover procedure", "Document the fail-over procedure for the primary database"],
    ["Write runbook for queue backlog", "Runbook: what to do on a queue backlog"],
    ["Increase the memory limits of the ingest pods", "Raise memory limits on ingest pods"],
    ["Set up canary deploys for checkout", "Canary deployments for the checkout service"],
    ["Reduce the TTL of our DNS records to 60s", "Lower DNS record TTL to 60 seconds"],
    ["Implment circut breaker for paymnts", "Implement circuit breaker for payments"],
    ["アラートの閾値を見直す", "アラートの閾値を下げて見直す"],
    ["添加数据库连接池告警", "添加数据库连接池饱和告警"],
    ["Añadir alerta de saturación del pool de conexiones", "Agregar alerta para saturacion del pool de conexiones"],
  ])("knows %s again in %s", (before, after) => {
    const others = titles(
      "Train the on-call engineers",
      "Move the cron jobs to another host",
      "Upgrade Redis to version 7",
    );
    expect(matched([...others, item(before)], [item(after), ...others])).toEqual([3, 0, 1, 2]);
  });

  it.each([
    ["Add alert for connection pool saturation", "Write a runbook for failing over the primary"],
    ["Document the failover procedure", "Add a dashboard for the queue depth"],
    ["Rotate all API keys", "Review the retention of logs"],
    ["Improve monitoring of the cache", "Improve the onboarding of new engineers"],
    ["アラートの閾値を見直す", "手順書を作成する"],
  ])("does not take %s for %s", (before, after) => {
    expect(matched(titles(before), titles(after))).toEqual([null]);
  });
});

const WORDS = (
  "pool database replica failover runbook canary deploy checkout ingest queue latency budget cache redis kafka " +
  "partition consumer retry timeout breaker gateway router certificate renewal secret vault rotation backup restore " +
  "snapshot volume kernel patch scanner quota throttle tenant billing invoice ledger webhook signature parser schema " +
  "migration index vacuum cluster scheduler autoscaler namespace ingress proxy header cookie session token login audit " +
  "dashboard panel metric histogram trace span sampler logger shipper archive retention compaction shard rebalance " +
  "leader election quorum heartbeat probe readiness liveness sidecar mesh policy firewall subnet resolver zone record " +
  "registrar cdn purge asset bundle release rollback flag experiment cohort pager rotation handover escalation drill"
).split(" ");
const FRESH =
  "amber birch cedar dune ember fjord grove heath islet jetty knoll lagoon meadow nook oasis prairie quay reef".split(
    " ",
  );
const PREFIXES = ["Add monitoring for the", "Improve", "Document how to", "Create an alert on", "Make sure that", ""];

/** A document of items that a reader would call different: they share at most a phrase. */
const documents = fc
  .tuple(
    fc.shuffledSubarray([...new Set(WORDS)], { minLength: 80 }),
    fc.array(fc.nat(), { minLength: 2, maxLength: 12 }),
  )
  .map(([words, picks]) =>
    picks.map((pick, index) => {
      const own = words.slice(index * 6, index * 6 + 6);
      return item(`${PREFIXES[pick % PREFIXES.length]} ${own.join(" ")}`.trim(), {
        line: index + 1,
        group: pick % 2 ? "Prevent" : "Detect",
      });
    }),
  );

/** A permutation as sort keys, one for each of at most twelve items. */
const order = fc.array(fc.nat(), { minLength: 12, maxLength: 12 });

function shuffle<T>(items: readonly T[], keys: readonly number[]): { items: T[]; from: number[] } {
  const from = items.map((_, index) => index).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
  return { items: from.flatMap((index) => items.slice(index, index + 1)), from };
}

/** What may happen to an item that leaves its words alone. */
const edits = fc.record({
  group: fc.constantFrom("Prevent", "Detect", "Process", null),
  done: fc.boolean(),
  due: fc.constantFrom("2025-01-01", null),
  owners: fc.constantFrom(["lisa"], []),
  priority: fc.constantFrom("P1", null),
});

/** Replaces up to half of the words, as `picks` say. */
function reword(title: string, picks: readonly number[]): string {
  const words = title.split(" ");
  const half = Math.floor(words.length / 2);
  const chosen = new Set(picks.slice(0, half).map((pick) => pick % words.length));
  return words
    .map((word, at) => (chosen.has(at) ? (FRESH[((picks[at] ?? 0) + at) % FRESH.length] ?? word) : word))
    .join(" ");
}

/** Drops, doubles or swaps a letter of the longest word. */
function mistype(title: string, kind: number): string {
  const words = title.split(" ");
  const at = words.reduce((best, word, index) => (word.length > (words[best]?.length ?? 0) ? index : best), 0);
  const word = words[at] ?? "";
  const middle = Math.floor(word.length / 2);
  const changed = [
    word.slice(0, middle) + word.slice(middle + 1),
    word.slice(0, middle) + word.slice(middle - 1),
    word.slice(0, middle - 1) + word.charAt(middle) + word.charAt(middle - 1) + word.slice(middle + 1),
  ][kind % 3];
  return words.map((each, index) => (index === at ? changed : each)).join(" ");
}

describe("identity holds", () => {
  const picks = fc.array(fc.nat(), { minLength: 12, maxLength: 12 });

  it("through reordering, moving between sections, ticking, re-dating and re-assigning", () => {
    fc.assert(
      fc.property(documents, order, fc.array(edits, { minLength: 12, maxLength: 12 }), (tracked, keys, changes) => {
        const changed = tracked.map((each, index) => ({ ...each, ...changes[index], line: 99 - index }));
        const { items, from } = shuffle(changed, keys);
        expect(matched(tracked, items)).toEqual(from);
      }),
    );
  });

  it("through typos in every item", () => {
    fc.assert(
      fc.property(documents, order, picks, (tracked, keys, kinds) => {
        const changed = tracked.map((each, index) => ({ ...each, title: mistype(each.title, kinds[index] ?? 0) }));
        const { items, from } = shuffle(changed, keys);
        expect(matched(tracked, items)).toEqual(from);
      }),
    );
  });

  it("through rewording up to half the words of every item", () => {
    fc.assert(
      fc.property(documents, order, fc.array(picks, { minLength: 12, maxLength: 12 }), (tracked, keys, choices) => {
        const changed = tracked.map((each, index) => ({ ...each, title: reword(each.title, choices[index] ?? []) }));
        const { items, from } = shuffle(changed, keys);
        expect(matched(tracked, items)).toEqual(from);
      }),
    );
  });

  it("through removing some items and adding others", () => {
    fc.assert(
      fc.property(documents, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (tracked, kept) => {
        const stays = tracked.flatMap((each, index) => (kept[index] ? [{ each, index }] : []));
        const found = [item("Juggle seventeen oranges overnight"), ...stays.map(({ each }) => each)];
        expect(matched(tracked, found)).toEqual([null, ...stays.map(({ index }) => index)]);
      }),
    );
  });
});

describe("whatever the items", () => {
  const anyItem = fc
    .tuple(
      fc.oneof(
        fc.string(),
        fc.string({ unit: "binary" }),
        fc.constantFrom("Add tests", "add tests", "Add test", "—", "__proto__"),
      ),
      fc.constantFrom(null, "#1", "TECH-4", "tech-4", "constructor"),
      fc.constantFrom(null, "a", "b"),
    )
    .map(([title, ref, group]) => item(title, { ref, group }));
  const anyItems = fc.array(anyItem, { maxLength: 20 });

  it("two never share one, none is lost, and the same input gives the same output", () => {
    fc.assert(
      fc.property(anyItems, anyItems, (tracked, found) => {
        const { pairs, fresh, gone } = matchItems(known(tracked), found);
        expect(new Set(pairs.values()).size).toBe(pairs.size);
        expect([...pairs.keys(), ...fresh].sort((a, b) => a - b)).toEqual(found.map((_, index) => index));
        expect([...pairs.values(), ...gone].sort()).toEqual(
          known(tracked)
            .map(({ id }) => id)
            .sort(),
        );
        expect(matchItems(known(tracked), found)).toEqual({ pairs, fresh, gone });
      }),
    );
  });

  it("the same document again pairs each item with itself", () => {
    fc.assert(
      fc.property(anyItems, (tracked) => {
        const distinct = tracked.filter(
          ({ title }, index) =>
            tracked.findIndex((other) => other.title.toLowerCase() === title.toLowerCase()) === index,
        );
        const plain = distinct.map((each) => ({ ...each, ref: null }));
        expect(matched(plain, plain)).toEqual(plain.map((_, index) => index));
      }),
    );
  });
});

it("stays far from the square of the items: 500 reworded against 500", () => {
  const many = (offset: number): ActionItem[] =>
    Array.from({ length: 500 }, (_, index) => {
      const own = Array.from(
        { length: 7 },
        (_, at) => WORDS[(index * 31 + at * 17 + (at === 3 ? offset : 0)) % WORDS.length],
      );
      return item(`Add monitoring and alerting for the ${own.join(" ")} ${index}`);
    });
  const tracked = known(many(0));
  const found = many(5);
  const started = performance.now();
  const { pairs } = matchItems(tracked, found);
  expect(pairs.size).toBe(500);
  // Measured at 0.15 s on two shared cores; a pairwise comparison of whole texts takes many times the bound.
  expect(performance.now() - started).toBeLessThan(3000);
});
