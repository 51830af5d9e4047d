import { expect, test } from "vitest";
import { failedAgain, pieceKey } from "../../src/tracking/trouble.js";
import { describeOnBothEngines } from "../support/databases.js";
import { aComment, aDocument, anInstallation, anIssue, anItem, aPull, aRepository, BIG } from "./samples.js";

const NOW = new Date("2025-03-01T09:00:00Z");

describeOnBothEngines("the projection", (open) => {
  test("gives back what was saved, whole, and the newest of it", async () => {
    const store = await open();
    await store.saveInstallation(anInstallation());
    await store.saveRepository(aRepository());
    await store.saveDocument(aDocument());
    await store.saveItem(anItem());
    await store.saveComment(aComment());
    expect(await store.installation(BIG + 1)).toEqual(anInstallation());
    expect(await store.repository(BIG + 10)).toEqual(aRepository());
    expect(await store.document(BIG + 10, "d1")).toEqual(aDocument());
    expect(await store.item(BIG + 10, "i1")).toEqual(anItem());
    expect(await store.comment(BIG + 10, "status:12")).toEqual(aComment());

    await store.saveInstallation(anInstallation({ suspended: true }));
    await store.saveRepository(aRepository({ obstacle: "archived", seen: { "a.md": "b" } }));
    await store.saveDocument(aDocument({ removedOn: "2025-02-02" }));
    await store.saveItem(anItem({ issue: null, leftOn: "2025-02-02" }));
    await store.saveComment(aComment({ hash: "other" }));
    expect(await store.installations()).toEqual([anInstallation({ suspended: true })]);
    expect(await store.repositories()).toEqual([aRepository({ obstacle: "archived", seen: { "a.md": "b" } })]);
    expect(await store.documentsOf(BIG + 10)).toEqual([aDocument({ removedOn: "2025-02-02" })]);
    expect(await store.itemsOf(BIG + 10, "d1")).toEqual([anItem({ issue: null, leftOn: "2025-02-02" })]);
    expect(await store.comment(BIG + 10, "status:12")).toEqual(aComment({ hash: "other" }));
  });

  test("keeps what could not be done, once each, until it is forgotten", async () => {
    const store = await open();
    const digest = { kind: "digest" } as const;
    const failure = { repositoryId: BIG + 10, piece: digest, why: "locked" as const, said: "403 it is locked" };
    const trouble = failedAgain(undefined, failure, NOW);
    const again = failedAgain(trouble, failure, NOW);
    await store.saveTrouble(trouble);
    await store.saveTrouble(again);
    await store.saveTrouble({ ...trouble, repositoryId: 4 });
    await store.saveTrouble({ ...trouble, piece: { kind: "status", number: 12 } });
    expect(await store.troubles(BIG + 10)).toEqual([again, { ...trouble, piece: { kind: "status", number: 12 } }]);
    await store.forgetTrouble(BIG + 10, pieceKey(digest));
    expect(await store.troubles(BIG + 10)).toHaveLength(1);
    expect(await store.troubles(4)).toHaveLength(1);
    await store.forgetRepository(4);
    expect(await store.troubles(4)).toEqual([]);
  });

  test("keeps GitHub's answers, the newest of each, until they are old", async () => {
    const store = await open();
    const [old, young] = ["2025-03-01T09:00:00.000Z", "2025-03-01T12:00:00.000Z"];
    const answer = { repositoryId: BIG + 10, question: "assign lisa", yes: false, at: old };
    await store.saveAnswer(answer);
    await store.saveAnswer({ ...answer, yes: true, at: young });
    await store.saveAnswer({ ...answer, question: "follow 12" });
    await store.saveAnswer({ ...answer, repositoryId: 4 });
    expect(await store.answers(BIG + 10, ["assign lisa", "assign dev"])).toEqual([{ ...answer, yes: true, at: young }]);
    expect(await store.answers(BIG + 10, [])).toEqual([]);
    await store.forgetAnswers(young);
    expect(await store.answers(BIG + 10, ["assign lisa", "follow 12"])).toHaveLength(1);
    expect(await store.answers(4, ["assign lisa"])).toEqual([]);
  });

  test("keeps what has the same id in two repositories apart", async () => {
    const store = await open();
    const repositories = [BIG + 10, 4];
    for (const repositoryId of repositories) {
      await store.saveDocument(aDocument({ repositoryId, title: `of ${repositoryId}` }));
      await store.saveItem(anItem({ repositoryId, ordinal: repositoryId % 7 }));
    }
    for (const repositoryId of repositories) {
      const [document, item] = [
        aDocument({ repositoryId, title: `of ${repositoryId}` }),
        anItem({ repositoryId, ordinal: repositoryId % 7 }),
      ];
      expect(await store.document(repositoryId, "d1")).toEqual(document);
      expect(await store.documentsOf(repositoryId)).toEqual([document]);
      expect(await store.item(repositoryId, "i1")).toEqual(item);
      expect(await store.itemsOf(repositoryId, "d1")).toEqual([item]);
    }
    await store.forgetProjection(4);
    expect(await store.item(4, "i1")).toBeNull();
    expect(await store.itemsOf(BIG + 10, "d1")).toHaveLength(1);
  });

  test("answers null or nothing for what is not there", async () => {
    const store = await open();
    expect(await store.installation(1)).toBeNull();
    expect(await store.repository(1)).toBeNull();
    expect(await store.repositoryNamed("a", "b")).toBeNull();
    expect(await store.document(BIG + 10, "x")).toBeNull();
    expect(await store.documentAt(1, "x")).toBeNull();
    expect(await store.item(BIG + 10, "x")).toBeNull();
    expect(await store.itemOfIssue(1, 1)).toBeNull();
    expect(await store.comment(1, "x")).toBeNull();
    expect(await store.lastSlot(1, "digest")).toBeNull();
    expect(await store.repositories(1)).toEqual([]);
    expect(await store.intents(1)).toEqual([]);
    await store.forgetComment(1, "x");
    await store.finishIntent(1, "x");
    await store.forgetRepository(1);
  });

  test("finds a repository by name, whatever the case, and the one that has the name now", async () => {
    const store = await open();
    await store.saveRepository(aRepository({ id: 1 }));
    expect((await store.repositoryNamed("aCME", "sHOP"))?.id).toBe(1);
    // The first was renamed, unheard of yet, and another made under its name.
    await store.saveRepository(aRepository({ id: 2 }));
    expect((await store.repositoryNamed("acme", "shop"))?.id).toBe(2);
    await store.saveRepository(aRepository({ id: 1, name: "store" }));
    expect((await store.repositoryNamed("acme", "store"))?.id).toBe(1);
    expect((await store.repositoryNamed("acme", "shop"))?.id).toBe(2);
  });

  test("lists the repositories of one installation", async () => {
    const store = await open();
    await store.saveRepository(aRepository({ id: 3, name: "c" }));
    await store.saveRepository(aRepository({ id: 1, name: "a" }));
    await store.saveRepository(aRepository({ id: 2, name: "b", installationId: 5 }));
    expect((await store.repositories()).map((r) => r.id)).toEqual([1, 2, 3]);
    expect((await store.repositories(BIG + 1)).map((r) => r.id)).toEqual([1, 3]);
  });

  test("finds documents by path, passing over removed ones, and by home", async () => {
    const store = await open();
    await store.saveDocument(aDocument({ id: "old", path: "rca/a.md", removedOn: "2025-01-05" }));
    expect(await store.documentAt(BIG + 10, "rca/a.md")).toBeNull();
    await store.saveDocument(aDocument({ id: "new", path: "rca/a.md", home: 13 }));
    await store.saveDocument(aDocument({ id: "else", repositoryId: 4, path: "rca/a.md" }));
    expect((await store.documentAt(BIG + 10, "rca/a.md"))?.id).toBe("new");
    expect(await store.documentAt(BIG + 10, "RCA/a.md")).toBeNull();
    expect((await store.documentsAtHome(BIG + 10, 13)).map((d) => d.id)).toEqual(["new"]);
    expect((await store.documentsOf(BIG + 10)).map((d) => d.id)).toEqual(["new", "old"]);
  });

  test("finds items by document, issue, state, next nudge and day closed", async () => {
    const store = await open();
    const closed = anIssue({ number: 9, open: false, closedOn: "2025-02-10" });
    const items = [
      anItem({ id: "late", ordinal: 1, due: "2025-03-09", nextNudgeOn: "2025-03-10", issue: anIssue({ number: 5 }) }),
      anItem({ id: "soon", ordinal: 0, due: "2025-02-01", nextNudgeOn: "2025-02-02", issue: anIssue({ number: 6 }) }),
      anItem({ id: "never", ordinal: 2, due: null, nextNudgeOn: null, issue: anIssue({ number: BIG }) }),
      anItem({ id: "closed", ordinal: 3, nextNudgeOn: "2025-02-02", issue: closed }),
      anItem({ id: "none", ordinal: 4, nextNudgeOn: "2025-02-02", issue: null }),
      anItem({ id: "elsewhere", repositoryId: 4, documentId: "d2", nextNudgeOn: "2025-02-02" }),
    ];
    for (const item of items) await store.saveItem(item);
    const ids = (found: { id: string }[]) => found.map((item) => item.id);
    expect(ids(await store.itemsOf(BIG + 10, "d1"))).toEqual(["soon", "late", "never", "closed", "none"]);
    expect(ids(await store.itemsIn(BIG + 10))).toEqual(["soon", "late", "never", "closed", "none"]);
    expect(ids(await store.itemsIn(4))).toEqual(["elsewhere"]);
    expect((await store.itemOfIssue(BIG + 10, BIG))?.id).toBe("never");
    expect((await store.itemOfIssue(4, 7))?.id).toBe("elsewhere");
    expect(ids(await store.openItems(BIG + 10))).toEqual(["soon", "late", "never"]);
    expect(ids(await store.itemsToNudge(BIG + 10, "2025-02-01", 10))).toEqual([]);
    expect(ids(await store.itemsToNudge(BIG + 10, "2025-02-02", 10))).toEqual(["soon"]);
    expect(ids(await store.itemsToNudge(BIG + 10, "2025-12-31", 10))).toEqual(["soon", "late"]);
    expect(ids(await store.itemsToNudge(BIG + 10, "2025-12-31", 1))).toEqual(["soon"]);
    expect(ids(await store.itemsClosedSince(BIG + 10, "2025-02-10"))).toEqual(["closed"]);
    expect(ids(await store.itemsClosedSince(BIG + 10, "2025-02-11"))).toEqual([]);
  });

  test("keeps a list of holidays a region and year, the newest", async () => {
    const store = await open();
    const list = { region: "CH-ZH", year: 2026, days: ["2026-08-01"], at: "2026-01-01T00:00:00Z" };
    await store.saveHolidays({ ...list, days: [] });
    await store.saveHolidays(list);
    await store.saveHolidays({ ...list, region: "CH" });
    expect(await store.holidays("CH-ZH")).toEqual([list]);
    expect(await store.holidays("US")).toEqual([]);
  });

  test("keeps what a person said last of their nudges, whichever comes first", async () => {
    const store = await open();
    const mute = { installationId: BIG, person: "lisa", until: "2025-03-10", at: "2025-03-01T10:00:00Z" };
    await store.saveMute(mute);
    await store.saveMute({ ...mute, until: "2025-12-01", at: "2025-02-01T10:00:00Z" });
    await store.saveMute({ ...mute, installationId: 4 });
    expect(await store.mutedOn(BIG, "2025-03-09")).toEqual([mute]);
    expect(await store.mutedOn(BIG, "2025-03-10")).toEqual([]);
    await store.saveMute({ ...mute, until: "2025-03-02", at: "2025-03-02T10:00:00Z" });
    expect(await store.mutedOn(BIG, "2025-03-03")).toEqual([]);
  });

  test("knows the pull requests that had a check or a reminder", async () => {
    const store = await open();
    for (const [key, number] of [
      ["check:7", 7],
      ["review:7", 7],
      ["review:9", 9],
      ["status:8", 8],
      ["checked:6", 6],
    ] as const)
      await store.saveComment(aComment({ key, number }));
    await store.saveComment(aComment({ key: "check:5", number: 5, repositoryId: 4 }));
    expect((await store.checkedPulls(BIG + 10)).sort()).toEqual([7, 9]);
    expect(await store.checkedPulls(5)).toEqual([]);
  });

  test("keeps comments apart by repository and key", async () => {
    const store = await open();
    await store.saveComment(aComment());
    await store.saveComment(aComment({ repositoryId: 4, commentId: 1 }));
    await store.forgetComment(BIG + 10, "status:12");
    expect(await store.comment(BIG + 10, "status:12")).toBeNull();
    expect((await store.comment(4, "status:12"))?.commentId).toBe(1);
  });

  test("keeps the first begin of an intent until it is finished", async () => {
    const store = await open();
    const first = await store.beginIntent(BIG + 10, "issue:i1", NOW);
    const started = { key: "issue:i1", repositoryId: BIG + 10, startedAt: NOW.toISOString() };
    expect(first).toEqual({ ...started, lookedAt: null, fresh: true });
    const lookedAt = new Date(NOW.getTime() + 30_000);
    await store.saveLook(BIG + 10, "issue:i1", lookedAt);
    const later = await store.beginIntent(BIG + 10, "issue:i1", new Date(NOW.getTime() + 60_000));
    expect(later).toEqual({ ...started, lookedAt: lookedAt.toISOString(), fresh: false });
    expect(await store.intents(BIG + 10)).toEqual([{ ...started, lookedAt: lookedAt.toISOString() }]);
    await store.finishIntent(BIG + 10, "issue:i1");
    expect(await store.intents(BIG + 10)).toEqual([]);
    expect((await store.beginIntent(BIG + 10, "issue:i1", NOW)).fresh).toBe(true);
  });

  test("remembers the last slot of each schedule", async () => {
    const store = await open();
    expect(await store.saveSlot(BIG + 10, "nudges", "2025-03-01T08:00:00.000Z")).toBe(true);
    expect(await store.saveSlot(BIG + 10, "nudges", "2025-03-02T08:00:00.000Z")).toBe(true);
    expect(await store.saveSlot(BIG + 10, "digest", "2025-02-24T08:00:00.000Z")).toBe(true);
    expect(await store.lastSlot(BIG + 10, "nudges")).toBe("2025-03-02T08:00:00.000Z");
    expect(await store.lastSlot(BIG + 10, "digest")).toBe("2025-02-24T08:00:00.000Z");
    expect(await store.lastSlot(BIG + 10, "sweep")).toBeNull();
  });

  test("gives a slot to one replica only, and never goes back", async () => {
    const store = await open();
    const replicas = [store, await open.again(), await open.again()];
    for (const slot of ["2025-03-01T08:00:00.000Z", "2025-03-02T08:00:00.000Z"]) {
      const taken = await Promise.all(
        replicas.map((replica) =>
          replica.transaction(async (tables) => {
            await tables.lastSlot(1, "digest");
            return tables.saveSlot(1, "digest", slot);
          }),
        ),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
    }
    expect(await store.saveSlot(1, "digest", "2025-03-01T08:00:00.000Z")).toBe(false);
    expect(await store.lastSlot(1, "digest")).toBe("2025-03-02T08:00:00.000Z");
  });

  test("forgets a repository with everything under it, and nothing else", async () => {
    const store = await open();
    for (const [repositoryId, mark] of [
      [BIG + 10, "a"],
      [4, "b"],
    ] as const) {
      await store.saveRepository(aRepository({ id: repositoryId, name: mark }));
      await store.saveDocument(aDocument({ id: `d${mark}`, repositoryId }));
      await store.saveItem(anItem({ id: `i${mark}`, documentId: `d${mark}`, repositoryId }));
      await store.saveComment(aComment({ repositoryId }));
      await store.beginIntent(repositoryId, "issue:1", NOW);
      await store.saveSlot(repositoryId, "sweep", NOW.toISOString());
      await store.enqueue(aPull(1, repositoryId), NOW);
      await store.enqueue({ kind: "check", installationId: 1, repositoryId, number: 1, rerun: false }, NOW);
    }
    await store.forgetRepository(BIG + 10);
    expect(await store.repository(BIG + 10)).toBeNull();
    expect(await store.document(BIG + 10, "da")).toBeNull();
    expect(await store.item(BIG + 10, "ia")).toBeNull();
    expect(await store.comment(BIG + 10, "status:12")).toBeNull();
    expect(await store.intents(BIG + 10)).toEqual([]);
    expect(await store.lastSlot(BIG + 10, "sweep")).toBeNull();
    expect(await store.item(4, "ib")).not.toBeNull();
    expect(await store.intents(4)).toHaveLength(1);
    expect((await store.work.stats(NOW)).ready).toBe(2);
  });

  test("purges installations removed before an instant, with everything under them", async () => {
    const store = await open();
    await store.saveInstallation(anInstallation({ removedAt: "2025-01-01T00:00:00.000Z" }));
    await store.saveInstallation(anInstallation({ id: 2, removedAt: "2025-02-20T00:00:00.000Z" }));
    await store.saveInstallation(anInstallation({ id: 3 }));
    await store.saveRepository(aRepository());
    await store.saveItem(anItem());
    await store.enqueue({ kind: "installation", installationId: BIG + 1 }, NOW);
    await store.enqueue(aPull(1), NOW);
    expect(await store.purgeRemoved("2025-02-01T00:00:00.000Z")).toBe(1);
    expect((await store.installations()).map((i) => i.id)).toEqual([2, 3]);
    expect(await store.repositories()).toEqual([]);
    expect(await store.item(BIG + 10, "i1")).toBeNull();
    expect(await store.work.nextAt(NOW)).toBeNull();
    expect(await store.purgeRemoved("2025-02-01T00:00:00.000Z")).toBe(0);
  });

  test("purges repositories lost before an instant", async () => {
    const store = await open();
    await store.saveInstallation(anInstallation());
    await store.saveRepository(aRepository({ id: 1, name: "a", lostAt: "2025-01-01T00:00:00.000Z" }));
    await store.saveRepository(aRepository({ id: 2, name: "b", lostAt: "2025-02-20T00:00:00.000Z" }));
    await store.saveRepository(aRepository({ id: 3, name: "c" }));
    expect(await store.purgeRemoved("2025-02-01T00:00:00.000Z")).toBe(1);
    expect((await store.repositories()).map((r) => r.id)).toEqual([2, 3]);
  });
});

describeOnBothEngines("a transaction", (open) => {
  test("keeps all or nothing", async () => {
    const store = await open();
    await expect(
      store.transaction(async (tables) => {
        await tables.saveItem(anItem());
        await tables.enqueue(aPull(1), NOW);
        expect(await tables.item(BIG + 10, "i1")).not.toBeNull();
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await store.item(BIG + 10, "i1")).toBeNull();
    expect(await store.work.nextAt(NOW)).toBeNull();
    expect(
      await store.transaction(async (tables) => {
        await tables.saveRepository(aRepository());
        await tables.forgetRepository(4);
        return 5;
      }),
    ).toBe(5);
    expect(await store.repository(BIG + 10)).not.toBeNull();
  });

  test("refuses the store itself inside its body, instead of waiting for ever", async () => {
    const store = await open();
    await expect(store.transaction(() => store.item(BIG + 10, "i1"))).rejects.toThrow("inside its own transaction");
    await expect(store.transaction(() => store.transaction(async () => 1))).rejects.toThrow("inside its own");
    await expect(store.transaction(() => store.work.nextAt(NOW))).rejects.toThrow("inside its own");
    expect(await store.item(BIG + 10, "i1")).toBeNull();
  });

  test("lets every kind of write of another wait until it ends", async () => {
    const store = await open();
    const replica = await open.again();
    const others = await store.transaction(async (tables) => {
      await tables.saveItem(anItem());
      const begun = [
        replica.saveItem(anItem({ due: null })),
        replica.beginIntent(1, "issue:1", NOW),
        replica.work.claimLane(aPull(1), "cli", NOW, 1000),
        replica.limits.book(1, { points: 1, content: false }, NOW),
        replica.transaction((other) => other.saveComment(aComment())),
      ];
      await new Promise((resolve) => setTimeout(resolve, 50));
      return begun;
    });
    const [, intent, lane, wait] = await Promise.all(others);
    expect(intent).toMatchObject({ fresh: true });
    expect(lane).not.toBeNull();
    expect(wait).toBe(0);
  });

  test("runs beside others without losing a write", async () => {
    const store = await open();
    const replica = await open.again();
    await store.saveComment(aComment({ number: 0 }));
    const bump = (on: typeof store) => on.transaction((tables) => tables.enqueue(aPull(1), NOW));
    await Promise.all(Array.from({ length: 40 }, (_, i) => bump(i % 2 ? store : replica)));
    expect((await store.work.claim("w", NOW, 1000))?.generation).toBe(40);
  });
});

describeOnBothEngines("a snapshot", (open) => {
  test("holds the projection, and its writes are forgotten", async () => {
    const store = await open();
    await store.saveInstallation(anInstallation());
    await store.saveRepository(aRepository());
    await store.saveDocument(aDocument());
    await store.saveComment(aComment());
    await store.beginIntent(BIG + 10, "issue:1", NOW);
    await store.saveSlot(BIG + 10, "sweep", NOW.toISOString());
    for (let n = 0; n < 1200; n++) await store.saveItem(anItem({ id: `i${n}`, ordinal: n }));
    await store.enqueue(aPull(1), NOW);

    const copy = await store.snapshot();
    expect(await copy.repositories()).toEqual(await store.repositories());
    expect(await copy.itemsOf(BIG + 10, "d1")).toEqual(await store.itemsOf(BIG + 10, "d1"));
    expect(await copy.comment(BIG + 10, "status:12")).toEqual(aComment());
    expect(await copy.intents(BIG + 10)).toHaveLength(1);
    expect(await copy.lastSlot(BIG + 10, "sweep")).toBe(NOW.toISOString());
    expect(await copy.work.nextAt(NOW)).toBeNull();

    await copy.transaction((tables) => tables.saveItem(anItem({ id: "i0", due: null })));
    await copy.enqueue(aPull(2), NOW);
    expect((await copy.work.claim("dry", NOW, 1000))?.key).toBe(`pull:${BIG + 10}:2`);
    await copy.forgetRepository(BIG + 10);
    expect((await store.item(BIG + 10, "i0"))?.due).toBe("2025-02-01");
    expect(await store.repository(BIG + 10)).not.toBeNull();
    expect((await store.work.stats(NOW)).ready).toBe(1);
    await copy.close();
  });
});

describeOnBothEngines("health", (open) => {
  test("is true while open and false, without throwing, after", async () => {
    const store = await open();
    expect(await store.trouble()).toBeNull();
    await store.close();
    expect(await store.trouble()).not.toBeNull();
  });
});
