import { expect, test } from "vitest";
import type { KeptProfile } from "../../src/similarity/kept.js";
import { profileOf } from "../../src/similarity/profile.js";
import { keyOf, Libraries } from "../../src/workflows/parts/libraries.js";
import { describeOnBothEngines } from "../support/databases.js";
import { aRepository, BIG } from "./samples.js";

const LEAK =
  "# Checkout hung\n\n## Root cause\n\nThe cursor of `order_history` was never closed, so `pgpool` ran out of connections.\n";
const OVEN = "# Oven cold\n\n## Root cause\n\nThe certificate of `oven-gateway` expired unseen.\n";

function aProfile(documentId: string, text: string, part: Partial<KeptProfile> = {}): KeptProfile {
  const { text: _, ...profile } = profileOf(`postmortems/${documentId}.md`, text);
  return { repositoryId: BIG + 10, documentId, date: "2024-03-01", profile, like: [], ...part };
}

describeOnBothEngines("profiles", (open) => {
  test("are given back as they were kept, the newest of each, until they are forgotten", async () => {
    const store = await open();
    await store.saveRepository(aRepository());
    const odd = aProfile("d1", "# __proto__ \u0000 constructor\n\n`__proto__` 🔥 ünï\n", { date: null });
    const like = [{ repositoryId: BIG + 11, documentId: "d9", words: ["pgpool"] }];
    await store.saveProfile(aProfile("d1", LEAK), "one");
    await store.saveProfile({ ...odd, like }, "two");
    await store.saveProfile(aProfile("d2", OVEN), "three");
    expect(await store.profilesOf(BIG + 10, ["d1", "d3"])).toEqual([{ ...odd, like }]);
    const versions = [
      { repositoryId: BIG + 10, documentId: "d1", version: "two" },
      { repositoryId: BIG + 10, documentId: "d2", version: "three" },
    ];
    expect(await store.profileVersions(BIG + 1)).toEqual(versions);
    expect(await store.profileVersions(BIG + 2)).toEqual([]);
    expect(await (await store.snapshot()).profileVersions(BIG + 1)).toEqual(versions);
    await store.forgetProfile(BIG + 10, "d1");
    expect(await store.profilesOf(BIG + 10, ["d1", "d2"])).toHaveLength(1);
    await store.forgetProjection(BIG + 10);
    expect(await store.profileVersions(BIG + 1)).toEqual([]);
  });

  test("of repositories that were lost are not compared with", async () => {
    const store = await open();
    await store.saveRepository(aRepository({ lostAt: "2025-01-01T00:00:00.000Z" }));
    await store.saveProfile(aProfile("d1", LEAK), "one");
    expect(await store.profileVersions(BIG + 1)).toEqual([]);
  });

  test("are read once, and again where they changed or went, whoever wrote them", async () => {
    const store = await open();
    await store.saveRepository(aRepository());
    let read = 0;
    const counting = {
      ...store,
      profilesOf: (repositoryId: number, ids: readonly string[]) => {
        read += ids.length;
        return store.profilesOf(repositoryId, ids);
      },
    };
    const libraries = new Libraries();
    const again = { key: "new", profile: profileOf("new.md", LEAK) };
    const like = () => libraries.like(counting, BIG + 1, again, () => true);
    await store.saveProfile(aProfile("d1", OVEN), "one");
    await store.saveProfile(aProfile("d2", OVEN), "one");
    expect([await like(), read]).toEqual([[], 2]);
    await store.saveProfile(aProfile("d1", LEAK), "two");
    expect((await like()).map(({ key }) => key)).toEqual([keyOf(BIG + 10, "d1")]);
    expect([(await like())[0]?.words.slice(0, 2), read]).toEqual([["order_history", "pgpool"], 3]);
    await store.forgetProfile(BIG + 10, "d1");
    expect([await like(), read]).toEqual([[], 3]);
    expect(
      await libraries.like(
        store,
        BIG + 1,
        { key: keyOf(BIG + 10, "d2"), profile: profileOf("d2.md", OVEN) },
        () => true,
      ),
    ).toEqual([]);
  });
});
