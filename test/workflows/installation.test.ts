/** In which order, and how gently, everything is looked at when the service starts. */
import { expect, test } from "vitest";
import type { Store } from "../../src/store/types.js";
import { lookAtAll } from "../../src/workflows/installation.js";
import type { Context } from "../../src/workflows/parts/context.js";
import { anInstallation, anIssue, anItem, aRepository } from "../store/samples.js";
import { describeOnBothEngines } from "../support/databases.js";

const START = Date.parse("2025-03-01T09:00:00Z");

/** The installations that are ready so many milliseconds after the start. */
async function readyBy(store: Store, ms: number): Promise<number[]> {
  const ready: number[] = [];
  for (;;) {
    const claim = await store.work.claim("w", new Date(START + ms), 60_000);
    if (!claim) return ready;
    if (claim.work.kind === "installation") ready.push(claim.work.installationId);
    await store.work.complete(claim, new Date(START + ms));
  }
}

const start = (store: Store) => lookAtAll({ store, wall: () => new Date(START) } as Context);

describeOnBothEngines("what the start of the service looks at", (open) => {
  test("is every installation but the removed, those with the most open items first", async () => {
    const store = await open();
    for (const id of [1, 2, 3, 4, 5]) {
      await store.saveInstallation(anInstallation({ id, removedAt: id === 4 ? "2025-02-20T00:00:00Z" : null }));
      await store.saveRepository(aRepository({ id: 10 + id, installationId: id, name: `r${id}` }));
    }
    // Installation 2 has more items, but most of their issues are closed.
    for (const [id, items, closed] of [
      [2, 9, 8],
      [3, 2, 0],
      [4, 5, 0],
      [5, 3, 0],
    ] as const)
      for (let index = 0; index < items; index++)
        await store.saveItem(
          anItem({
            id: `${id}-${index}`,
            repositoryId: 10 + id,
            issue: anIssue({ number: index + 1, open: index >= closed }),
          }),
        );
    expect(await store.installationsByOpenItems()).toEqual([5, 3, 2, 1]);
  });

  test("is asked of GitHub over time where it is much, and at once where it is little", async () => {
    const store = await open();
    for (let id = 1; id <= 520; id++) await store.saveInstallation(anInstallation({ id }));
    await start(store);
    expect(await readyBy(store, 0)).toHaveLength(20);
    expect(await readyBy(store, 6_000)).toHaveLength(100);
    expect(await readyBy(store, 29_999)).toHaveLength(399);
    expect(await readyBy(store, 30_000)).toEqual([520]);
  });
});
