/** Which work a tick of the schedules adds. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/types.js";
import { tick } from "../../src/workflows/schedule.js";
import { aComment, aDocument, anInstallation, anIssue, anItem, aRepository, BIG } from "../store/samples.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();
let store: Store;
beforeEach(async () => {
  store = await openStore({ dataDir: folder() });
  await store.saveInstallation(anInstallation());
});
afterEach(() => store.close());

const at = (instant: string) => tick(store, { now: new Date(instant), wall: new Date(instant) });
/** The work that is ready, taken and done. */
const work = async (instant: string) => {
  await at(instant);
  const kinds: string[] = [];
  for (;;) {
    const claim = await store.work.claim("w", new Date(instant), 60_000);
    if (!claim) return kinds.sort();
    kinds.push(claim.work.kind);
    await store.work.complete(claim, new Date(instant));
  }
};

const track = async (policyText: string | null = null) => {
  await store.saveRepository(aRepository({ policyText, seen: { "postmortems/a.md": "b" } }));
  await store.saveDocument(aDocument());
  await store.saveItem(anItem({ issue: anIssue(), due: "2024-09-17", nextNudgeOn: "2024-09-18" }));
};

describe("a tick", () => {
  it("the first time only begins the schedules: nothing past is caught up", async () => {
    await track();
    expect(await work("2024-09-16T09:30:00Z")).toEqual([]);
  });

  it("adds each slot once, however often it comes", async () => {
    await track();
    await at("2024-09-16T09:30:00Z");
    expect(await work("2024-09-16T10:10:00Z")).toEqual(["deliveries", "sweep"]);
    expect(await work("2024-09-16T10:25:00Z")).toEqual([]);
    expect(await work("2024-09-18T09:01:00Z")).toEqual(["deliveries", "nudges", "sweep"]);
    expect(await work("2024-09-18T09:02:00Z")).toEqual([]);
  });

  it("catches weeks of downtime up with one piece of each", async () => {
    await track();
    await at("2024-09-16T09:30:00Z");
    expect(await work("2024-10-30T12:00:00Z")).toEqual(["deliveries", "digest", "nudges", "sweep"]);
  });

  it("keeps to the policy's schedule and time zone", async () => {
    await track("time_zone: America/New_York\nnudges: { schedule: 0 9 * * * }\ndigest: { enabled: false }\n");
    await at("2024-09-18T00:00:00Z");
    expect(await work("2024-09-18T12:59:00Z")).not.toContain("nudges");
    expect(await work("2024-09-18T13:00:00Z")).toContain("nudges");
    expect(await work("2024-09-24T13:00:00Z")).not.toContain("digest");
  });

  it("moves nudges out of days off and quiet hours, each slot once, and loses none to a stop", async () => {
    // Nudges daily at 19:00; 20 September 2024 is a Friday, Monday 23 a holiday.
    const calendar = "calendar: { business_days: true, holidays: [2024-09-23], quiet: 18:00-08:00 }";
    await track(`nudges: { schedule: 0 19 * * * }\n${calendar}\n`);
    await at("2024-09-19T09:30:00Z");
    const nudgedAt: string[] = [];
    for (const instant of [
      ...["2024-09-19T19:00:00Z", "2024-09-20T07:59:00Z", "2024-09-20T08:00:00Z", "2024-09-20T09:00:00Z"],
      ...["2024-09-20T19:00:00Z", "2024-09-21T08:00:00Z", "2024-09-22T12:00:00Z", "2024-09-23T12:00:00Z"],
      // It was stopped in the morning.
      ...["2024-09-24T12:00:00Z", "2024-09-24T13:00:00Z"],
    ])
      if ((await work(instant)).includes("nudges")) nudgedAt.push(instant);
    expect(nudgedAt).toEqual(["2024-09-20T08:00:00Z", "2024-09-24T12:00:00Z"]);
  });

  it("keeps to the holidays of a region that are kept", async () => {
    await store.saveHolidays({ region: "CH", year: 2024, days: ["2024-09-19"], at: "2024-01-01T00:00:00Z" });
    await track("calendar: { region: CH }\n");
    await at("2024-09-18T09:30:00Z");
    expect(await work("2024-09-19T10:00:00Z")).not.toContain("nudges");
    expect(await work("2024-09-20T09:00:00Z")).toContain("nudges");
  });

  it("adds no nudges where none is due, and no digest where nothing is tracked", async () => {
    await store.saveRepository(aRepository({ policyText: null }));
    await at("2024-09-16T08:00:00Z");
    expect(await work("2024-09-23T10:00:00Z")).toEqual(["deliveries", "sweep"]);
  });

  it("adds the sweep alone where the policy switches everything off, since it may be switched on again", async () => {
    await track("enabled: false\n");
    await at("2024-09-16T09:30:00Z");
    expect(await work("2024-09-23T10:00:00Z")).toEqual(["deliveries", "sweep"]);
  });

  it.each([
    ["a suspended installation", () => store.saveInstallation(anInstallation({ suspended: true }))],
    ["a removed one", () => store.saveInstallation(anInstallation({ removedAt: "2024-09-01T00:00:00Z" }))],
    ["a repository that is gone", () => store.saveRepository(aRepository({ lostAt: "2024-09-01T00:00:00Z" }))],
  ])("adds nothing for %s", async (_, change) => {
    await track();
    await at("2024-09-16T09:30:00Z");
    await change();
    expect(await work("2024-09-23T10:00:00Z")).toEqual(["deliveries"]);
  });

  it("sweeps a large installation's repositories at night alone, each in its own", async () => {
    for (let index = 0; index <= 100; index++)
      await store.saveRepository(aRepository({ id: BIG + 100 + index, name: `r${index}`, policyText: null, seen: {} }));
    await track("time_zone: America/New_York\n");
    await at("2024-09-16T09:30:00Z");
    const sweeps = async (instant: string) => (await work(instant)).filter((kind) => kind === "sweep").length;
    expect(await sweeps("2024-09-16T10:10:00Z")).toBe(0);
    expect(await sweeps("2024-09-17T03:10:00Z")).toBe(101);
    expect(await sweeps("2024-09-17T07:10:00Z")).toBe(1);
  });

  /** What a tick looks at, of what there is. */
  const looksAt = (instant: string) => store.repositoriesToTick(new Date(instant).toISOString(), 10);

  it("looks at nothing until the next slot comes", async () => {
    await track("digest: { enabled: false }\n");
    await at("2024-09-16T09:30:00Z");
    expect(await looksAt("2024-09-16T10:06:59Z")).toEqual([]);
    expect(await looksAt("2024-09-16T10:07:00Z")).toEqual([aRepository().id]);
    await at("2024-09-16T10:10:00Z");
    expect(await looksAt("2024-09-16T11:06:59Z")).toEqual([]);
  });

  it("looks at nudges again once their quiet hours end, not at each tick until then", async () => {
    await track("nudges: { schedule: 5 19 * * * }\ncalendar: { quiet: 18:00-08:00 }\n");
    await at("2024-09-18T18:30:00Z");
    await at("2024-09-18T19:10:00Z");
    // The hourly sweep comes before.
    expect(await looksAt("2024-09-18T20:06:59Z")).toEqual([]);
    await at("2024-09-19T07:50:00Z");
    expect(await looksAt("2024-09-19T07:59:59Z")).toEqual([]);
    expect(await work("2024-09-19T08:00:00Z")).toContain("nudges");
  });

  it.each<[string, () => Promise<unknown>, string[]]>([
    [
      "a policy that changed",
      () => store.changeRepository(aRepository().id, { policyText: "nudges: { schedule: 0 10 * * * }\n" }),
      ["nudges"],
    ],
    [
      "a repository that came back",
      async () => {
        await store.changeRepository(aRepository().id, { lostAt: "2024-09-18T09:40:00Z" });
        await at("2024-09-18T09:45:00Z");
        expect(await looksAt("2024-09-30T00:00:00Z")).toEqual([]);
        await store.changeRepository(aRepository().id, { lostAt: null });
      },
      [],
    ],
    [
      "an installation that came back",
      async () => {
        for (const gone of [{ suspended: true }, { removedAt: "2024-09-18T09:40:00Z" }]) {
          await store.saveInstallation(anInstallation(gone));
          await store.changeRepository(aRepository().id, { sweptUntil: "2024-09-18T09:41:00Z" });
          await at("2024-09-18T09:45:00Z");
          expect(await looksAt("2024-09-30T00:00:00Z")).toEqual([]);
        }
        await store.saveInstallation(anInstallation());
      },
      [],
    ],
  ])("looks at once at %s", async (_, change, due) => {
    await track();
    await work("2024-09-18T09:30:00Z");
    await change();
    expect(await looksAt("2024-09-18T10:00:00Z")).toEqual([aRepository().id]);
    expect(await work("2024-09-18T10:05:00Z")).toEqual(due);
    expect(await work("2024-09-18T10:10:00Z")).toEqual(["deliveries", "sweep"]);
  });

  it("looks at all others where one repository's rows cannot be read", async () => {
    const broken = { id: BIG + 50, name: "broken", policyText: "review: { within: 3 days }\n" };
    await track();
    await store.saveRepository(aRepository(broken));
    await at("2024-09-16T08:30:00Z");
    const { repositoryId, key } = { repositoryId: broken.id, key: "check:1" };
    await store.saveComment({ ...aComment({ repositoryId, key }), number: "seven" as never });
    await expect(at("2024-09-23T10:10:00Z")).rejects.toThrow("some repositories");
    expect(await looksAt("2024-09-23T10:10:00Z")).toEqual([]);
    expect(await looksAt("2024-09-23T10:25:00Z")).toEqual([broken.id]);
    const kinds = [];
    for (let claim = await next(); claim; claim = await next()) kinds.push(claim.work.kind);
    expect(kinds.sort()).toEqual(["deliveries", "digest", "nudges", "sweep"]);
  });
  const next = async () => {
    const claim = await store.work.claim("w", new Date("2024-09-23T10:10:00Z"), 60_000);
    if (claim) await store.work.complete(claim, new Date("2024-09-23T10:10:00Z"));
    return claim;
  };
});
