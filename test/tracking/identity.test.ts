/** Items keep who they are through what people do to a document. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wordOfWork } from "../../src/postmortem/languages/work.js";
import type { ActionItem } from "../../src/postmortem/types.js";
import { explained } from "../../src/tracking/evidence.js";
import {
  isMinted,
  type Known,
  knownWords,
  matchItems,
  mintDocumentId,
  mintItemId,
} from "../../src/tracking/identity.js";
import { cpuMsWithin } from "../support/cpu.js";
import { an } from "./samples.js";

const item = (title: string, over: Partial<ActionItem> = {}): ActionItem => an(title, { line: 1, endLine: 1, ...over });

const known = (items: readonly ActionItem[]): Known[] =>
  items.map((each, index) => ({ ...each, id: `id-${index}`, closed: each.done, left: false }));

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

  it("does not take what kept only the common words, even where nothing else can be meant", () => {
    const before = "Add monitoring for the snapshot retry trace signature zone bundle";
    const others = titles("Train the on-call engineers", "Move the cron jobs to another host");
    const found = titles("Add monitoring for the ember fjord grove heath islet");
    expect(matched([...others, item(before)], [...others, ...found])).toEqual([0, 1, null]);
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

/** Each is the same work, said otherwise: what was done to it, before and after. */
const REWORDED: readonly (readonly [what: string, before: string, after: string])[] = [
  ["a typo", "Rotate the credentails of the mail relay", "Rotate the credentials of the mail relay"],
  ["another tense", "Shard the session table", "The session table has been sharded"],
  ["another order", "For the mail relay: raise the queue limit", "Raise the queue limit of the mail relay"],
  ["made exact", "Lock the deploy branch", "Lock the deploy branch of the shop frontend during the freeze"],
  [
    "an abbreviation written out",
    "Write an RCA for the k8s outage",
    "Write a root cause analysis for the Kubernetes outage",
  ],
  ["a space more", "Rehearse the failover of the ledger", "Rehearse the fail over of the ledger"],
  ["an owner behind it", "Index the orders table", "Index the orders table - @mona"],
  ["a status behind it", "Index the orders table", "Index the orders table (done in #31)"],
  ["another amount", "Keep 5 standby brokers in Oslo", "Keep 7 standby brokers in Oslo"],
  ["German, another form", "Wartungsfenster der Kasse einplanen", "Wartungsfenster der Kasse eingeplant"],
  ["Japanese, made exact", "バックアップを検証する", "請求データのバックアップを検証する"],
  ["Chinese, made exact", "清理过期会话", "清理网关的过期会话"],
];

/** Each is other work, however alike it looks. */
const LOOK_ALIKES: readonly (readonly [what: string, before: string, after: string])[] = [
  ["another object", "Upgrade PostgreSQL to 16", "Upgrade Redis to 7 - @erin"],
  ["another object of the same verb", "Create a dashboard for mail bounces", "Create a dashboard for login failures"],
  ["another component", "Cap the heap of the invoice renderer", "Cap the retries of the courier client"],
  ["another number", "Fix defect 9107 in the importer", "Fix defect 8032 in the renderer"],
  ["another name", "Close SHOP-41 in the importer", "Close SHOP-57 in the renderer"],
  ["another place", "Encrypt the staging bucket", "Encrypt the production bucket"],
  ["the contrary", "Retry failed webhooks", "Do not retry failed webhooks"],
  ["another kind of work", "Document the tax gateway", "Decommission the tax gateway"],
  ["a test of what was monitored", "Add alerts for the ledger import", "Rehearse the ledger import"],
  ["the same label", "Monitoring: chart the mail bounces", "Monitoring: page on login failures"],
  ["the same part of the system", "Frontend: lazy load the maps", "Frontend: sign the cookies"],
  ["common words alone", "Improve the process", "Improve the documentation"],
  ["German", "Handbuch für den Mailversand schreiben", "Handbuch für die Rufbereitschaft schreiben"],
  ["Spanish", "Agregar pruebas para el cobro", "Agregar pruebas para el registro"],
  ["Chinese", "为支付网关增加告警", "为登录页面增加告警"],
  ["Korean", "결제 큐 알림 추가", "로그인 페이지 알림 추가"],
];

describe("a rewording is not another piece of work", () => {
  it.each(REWORDED)("%s: it is the same in place of “%s” as “%s”", (_, before, after) => {
    expect(matched(titles(before), titles(after))).toEqual([0]);
  });

  it.each(LOOK_ALIKES)("%s: “%s” is not “%s”", (_, before, after) => {
    expect(matched(titles(before), titles(after))).toEqual([null]);
  });

  it("a translation is known by its key", () => {
    const tracked = [item("Rotate the signing keys", { ref: "OPS-3" })];
    expect(matched(tracked, [item("署名鍵を交換する", { ref: "OPS-3" })])).toEqual([0]);
  });

  it("an item split in two keeps its issue on one part, two that merge keep one", () => {
    const whole = "Rotate the signing keys and revoke the old certificates";
    const parts = ["Rotate the signing keys", "Revoke the old certificates"];
    expect(matched(titles(whole), titles(...parts)).filter((known) => known === 0)).toHaveLength(1);
    expect(matched(titles(...parts), titles(whole))[0]).not.toBeNull();
  });

  it("the same words in another section are the same item", () => {
    expect(
      matched([item("Index the orders table", { group: "Now" })], [item("Index the orders table", { group: "Later" })]),
    ).toEqual([0]);
  });

  const kept = titles("Train the on-call engineers", "Move the cron jobs to another host");
  const closed = { ...item("Throttle the exports of the reporting service"), done: true };

  it.each([
    [
      "a typo fixed in place",
      { ...closed, title: "Throtle the exports of the reporting service" },
      closed.title,
      kept,
      1,
    ],
    [
      "made longer in place",
      closed,
      "Throttle the nightly exports of the reporting service for large tenants",
      kept,
      1,
    ],
    [
      "the same head, elsewhere",
      closed,
      "Throttle the exports of the reporting service: by tenant",
      [...kept].reverse(),
      null,
    ],
  ])("an open item is a closed one: %s", (_, before, after, around, at) => {
    const place = at ?? 2;
    const tracked = kept.toSpliced(1, 0, before);
    expect(matched(tracked, around.toSpliced(place, 0, item(after)))[place]).toBe(1);
  });

  it("an open item is not a closed one by likeness alone, wherever it stands", () => {
    const alike = "Throttle the nightly exports of our reporting service";
    expect(matched([...kept, closed], [item(alike), ...kept])).toEqual([null, 0, 1]);
    expect(matched([{ ...closed, done: false }], titles(alike))).toEqual([0]);
    expect(matched([closed], [{ ...item(alike), done: true }])).toEqual([0]);
  });

  it.each<[string, Partial<ActionItem>]>([
    ["in other words", {}],
    ["with the same key", { ref: "PAY-4" }],
  ])("what is not an item is never taken for it, %s", (_, part) => {
    const [before, after] = [
      item("Raise the connection limit of the orders database", part),
      item("Raise the memory limit of the orders database", part),
    ];
    const [one] = known([before]);
    if (!one) throw new Error("no item");
    expect(matchItems([one], [after]).pairs.size).toBe(1);
    const apart = { ...one, isNot: [knownWords(after.title)] };
    expect(matchItems([apart], [after])).toMatchObject({ fresh: [0], gone: ["id-0"], doubts: new Map() });
    expect(matchItems([apart], [before, after]).pairs).toEqual(new Map([[0, "id-0"]]));
  });

  describe("of items that are the same work", () => {
    const joined = (...texts: string[]): Known[] =>
      known(titles(...texts)).map((each, at) => (at === 0 ? each : { ...each, sameAs: `id-${at - 1}` }));

    it.each([
      ["the words of the second", ["Second words"], [0]],
      ["the words of both", ["Second words", "First of all"], [1, 0]],
      ["the words of the first", ["First of all"], [0]],
      ["the second in other words", ["The second words of it"], [0]],
    ])("what is found is the first's, where it stands nowhere else: %s", (_, found, expected) => {
      const { pairs, gone } = matchItems(joined("First of all", "Second words"), titles(...found));
      expect([...pairs.values()]).toEqual(expected.map((at) => `id-${at}`));
      expect(pairs.size + gone.length).toBe(2);
    });

    it("a chain leads to its first, and a ring of edited markers ends", () => {
      const chain = joined("First of all", "Second words", "Third thing");
      expect([...matchItems(chain, titles("Third thing")).pairs.values()]).toEqual(["id-0"]);
      const ring = chain.map((each, at) => ({ ...each, sameAs: `id-${(at + 2) % 3}` }));
      expect(matchItems(ring, titles("Third thing")).pairs.size).toBe(1);
    });

    it("not what the first was told not to be", () => {
      const [first, second] = joined("First of all", "Second words");
      if (!first || !second) throw new Error("no items");
      const apart = [{ ...first, isNot: [knownWords("Second words")] }, second];
      expect([...matchItems(apart, titles("Second words")).pairs.values()]).toEqual(["id-1"]);
    });
  });

  it.each<[string, ActionItem, ActionItem, boolean]>([
    [
      "too little speaks for it",
      item("Alert on the cache hit rate", { owners: ["dev"] }),
      item("Page somebody when the cache misses", { owners: ["lisa"] }),
      true,
    ],
    ["the older is over", item("Alert on the cache hit rate", { done: true }), item("Page on cache misses"), false],
    ["the newer is over", item("Alert on the cache hit rate"), item("Page on cache misses", { done: true }), false],
    ["nothing speaks for it", item("Alert on the cache hit rate"), item("Order new chairs"), false],
    ["all speaks for it", item("Alert on the cache hit rate"), item("Alert on the cache's hit rates"), false],
  ])("two may be one, and are not taken for it, where %s", (_, before, after, isDoubtful) => {
    const { doubts, pairs } = matchItems(known([before, item("Write the runbook")]), [
      after,
      item("Write the runbook"),
    ]);
    expect([...doubts]).toEqual(isDoubtful ? [[0, "id-0"]] : []);
    if (isDoubtful) expect(pairs.get(0)).toBeUndefined();
  });

  it.each<[string, readonly string[], string, string | null]>([
    [
      "go into another's",
      ["Alert on a full disk", "Alert on a long queue"],
      "Alert on a full disk and a long queue",
      "merged",
    ],
    ["stood in the other's before", ["Alert on a full disk", "Alert on a disk"], "Alert on a full disk at once", null],
    ["are only like another's", ["Alert on a full disk", "Buy another disk"], "Alert on a full disk at once", null],
  ])("the words of one that is gone %s", (_, before, after, expected) => {
    const { merged, pairs, gone } = matchItems(known(titles(...before)), titles(after));
    expect(gone).toHaveLength(1);
    expect([...merged]).toEqual(expected ? [[gone[0], pairs.get(0)]] : []);
  });

  it("says why, what counts most first", () => {
    const { why } = matchItems(known(titles("Index the orders table")), titles("Index the orders tables - done"));
    const [evidence] = why.values();
    expect(evidence && explained(evidence)[0]).toMatch(/^share 1\.00: \d/);
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

const TELLING = [...new Set(WORDS)].filter((word) => wordOfWork(word).rank === "telling");

/** A document of items that a reader would call different: they share at most a phrase. */
const documents = fc
  .tuple(fc.shuffledSubarray(TELLING, { minLength: 72 }), fc.array(fc.nat(), { minLength: 2, maxLength: 12 }))
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

/** So many of the six words that a title has of its own may be replaced. */
const REPLACED = 2;

/** Replaces some of the last six words, which are the title's own, as `picks` say. */
function reword(title: string, picks: readonly number[]): string {
  const words = title.split(" ");
  const chosen = new Set(picks.slice(0, REPLACED).map((pick) => words.length - 1 - (pick % 6)));
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

  it("through rewording up to a third of what every item has of its own", () => {
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
        expect(matchItems(known(tracked), found)).toMatchObject({ pairs, fresh, gone });
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

/** Wide: a comparison of each with each takes many times as long. */
const LIMIT_MS = 3_000;

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
  let pairs = new Map<number, string>();
  const spent = cpuMsWithin(LIMIT_MS, () => {
    pairs = matchItems(tracked, found).pairs;
  });
  expect(pairs.size).toBe(500);
  expect(spent).toBeLessThan(LIMIT_MS);
});
