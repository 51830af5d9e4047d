/** A delivery is committed before it is answered, or it fails. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EventName } from "../../src/github/trigger.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/types.js";
import { receive } from "../../src/workflows/receive.js";
import { aDocument, anInstallation, anIssue, anItem, aRepository, BIG } from "../store/samples.js";
import { temporaryFolder } from "../support/folder.js";

const NOW = new Date("2024-09-16T09:00:00Z");
const folder = temporaryFolder();

let store: Store;
beforeEach(async () => {
  store = await openStore({ dataDir: folder() });
  await store.saveInstallation(anInstallation());
  await store.saveRepository(aRepository());
  await store.saveDocument(aDocument());
  await store.saveItem(anItem({ issue: anIssue({ number: 7 }) }));
});
afterEach(async () => {
  vi.useRealTimers();
  await store.close();
});

const delivery = (event: EventName, payload: object) => ({
  id: "d-1",
  event,
  payload: {
    installation: { id: BIG + 1 },
    repository: { id: BIG + 10, default_branch: "main" },
    sender: { login: "ada" },
    ...payload,
  },
});
const closed = (number: number) => delivery("issues", { action: "closed", issue: { number } });
const ready = async () => (await store.work.stats(NOW)).ready;

describe("a delivery", () => {
  it("is in the work list once it is answered", async () => {
    expect(await receive(store, delivery("installation", { action: "created" }), null, NOW)).toBe("recorded");
    expect(await ready()).toBe(1);
  });

  it("about a tracked issue is recorded, about any other it is not", async () => {
    expect(await receive(store, closed(7), null, NOW)).toBe("recorded");
    expect(await receive(store, closed(8), null, NOW)).toBe("ignored");
    expect(await ready()).toBe(1);
  });

  it("a thousand times is one piece of work", async () => {
    for (let round = 0; round < 20; round++) await receive(store, closed(7), null, NOW);
    expect(await ready()).toBe(1);
  });

  it("that comes to nothing leaves no trace", async () => {
    expect(await receive(store, delivery("issues", { action: "labeled", issue: { number: 7 } }), null, NOW)).toBe(
      "ignored",
    );
    expect(await ready()).toBe(0);
  });

  it("fails, so that it comes again, where the database does not answer in time", async () => {
    vi.useFakeTimers();
    const stuck: Store = Object.assign(Object.create(store), { enqueue: () => new Promise<void>(() => {}) });
    const answer = receive(stuck, delivery("installation", { action: "created" }), null, NOW);
    const told = expect(answer).rejects.toThrow("The database takes too long.");
    await vi.advanceTimersByTimeAsync(8_000);
    await told;
    expect(await ready()).toBe(0);
  });
});
