/** The digest of the organisation stands where its policy says, in a meeting's order, and shows nothing to more people than read it. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RepositoryHandle } from "../../emulator/handles.js";
import { nothingWords } from "../../src/render/digest.js";
import { GATEWAY, TABLE } from "../fixtures/documents.js";
import { type ChannelServer, startChannel } from "../support/channel.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

const POLICY = ".github/follow-through.yml";

let stage: Stage;
let server: ChannelServer;
let place: RepositoryHandle;
let other: RepositoryHandle;
let organisation: RepositoryHandle;
beforeEach(async () => {
  server = await startChannel();
  const environment = {
    CHANNEL_ALL_URL: server.url,
    CHANNEL_OUTSIDE_URL: server.url,
    CHANNEL_OUTSIDE_READERS: "anybody",
  };
  stage = await Stage.start({ now: "2024-09-16T10:00:00Z", environment });
  const members = { ada: "admin", dev: "triage", lisa: "write" } as const;
  const files = { [POLICY]: "digest: { organisation: reliability }\n" };
  organisation = stage.gh.repository("acme/.github", { members, files });
  place = stage.gh.repository("acme/reliability", { members });
  other = stage.gh.repository("acme/other", { members, private: true });
  for (const name of [".github", "reliability", "other"]) stage.installation.addRepository(`acme/${name}`);
  await stage.settle();
  await stage.advanceTo("2024-09-16T11:10:00Z");
  await stage.merge({ "postmortems/cache.md": TABLE });
});
afterEach(async () => {
  await stage.close();
  await server.close();
});

const digests = () => place.issues.filter(({ title }) => title.startsWith("Weekly digest of the organisation"));
const body = () => digests().at(-1)?.body ?? "";
async function mergeInOther(files: Record<string, string>) {
  const ada = other.as("ada");
  ada.mergePull(ada.proposeFiles(files, "Add a postmortem").number);
  await stage.settle();
}

it("is one rolling issue with a comment a week, renewed by the hour, and opened again where it is locked", async () => {
  await stage.advanceTo("2024-09-23T09:05:00Z");
  expect(digests()).toHaveLength(1);
  const { number } = digests()[0] ?? { number: 0 };
  expect(place.comments(number)).toHaveLength(1);
  expect(body()).toContain("**2 open**");
  expect(body()).toContain("in 1 repository");
  expect(body()).toMatch(/\*\*🔴 Overdue.*: 1\*\*/);
  expect(body()).toContain("acme/shop");
  stage.repo.as("dev").closeIssue(stage.trackingIssues()[0]?.number ?? 0);
  await stage.settle();
  await stage.advanceTo("2024-09-23T11:10:00Z");
  expect(body()).toContain("**1 open**");
  place.as("ada").lock(number);
  await stage.advanceTo("2024-09-23T13:10:00Z");
  await stage.advanceTo("2024-09-30T09:05:00Z");
  expect(digests()).toHaveLength(2);
  expect(place.comments(digests()[1]?.number ?? 0)).toHaveLength(1);
});

it("is found again after the database was lost", async () => {
  await stage.advanceTo("2024-09-23T09:05:00Z");
  const { store } = stage.service.context;
  await store.changeRepository(place.state.id, { rebuiltAt: null });
  await stage.advanceTo("2024-09-23T11:10:00Z");
  await stage.advanceTo("2024-09-30T09:05:00Z");
  expect(digests()).toHaveLength(1);
  expect(place.comments(digests()[0]?.number ?? 0)).toHaveLength(2);
});

it("holds nothing of a private repository, unless its own policy says so", async () => {
  await mergeInOther({ "postmortems/gateway.md": GATEWAY });
  await stage.advanceTo("2024-09-23T09:05:00Z");
  expect(body()).toContain("acme/shop");
  expect(body()).not.toContain("acme/other");
  await mergeInOther({ [POLICY]: "digest: { in_organisation: true }\n" });
  await stage.advanceTo("2024-09-23T11:10:00Z");
  await stage.advanceTo("2024-09-23T13:10:00Z");
  expect(body()).toContain("acme/other");
  expect(body()).toContain("in 2 repositories");
});

it("the organisation's policy cannot say that for a repository", async () => {
  await mergeInOther({ "postmortems/gateway.md": GATEWAY });
  organisation.as("ada").pushDirect({ [POLICY]: "digest: { organisation: reliability, in_organisation: true }\n" });
  await stage.settle();
  await stage.advanceTo("2024-09-23T09:05:00Z");
  expect(body()).toContain("acme/shop");
  expect(body()).not.toContain("acme/other");
});

async function say(policy: string) {
  organisation.as("ada").pushDirect({ [POLICY]: `digest: { organisation: reliability, ${policy} }\n` });
  await stage.settle();
}
async function monday(day = "23") {
  await stage.advanceTo(`2024-09-${day}T09:05:00Z`);
  await stage.recover();
}
const told = () => server.received.map(({ body }) => String(body.key));
const texts = () => server.received.map(({ raw }) => raw).join("\n");

describe("in channels that the organisation's policy names", () => {
  it("is told once a week, and not what a private repository holds", async () => {
    await mergeInOther({ "postmortems/gateway.md": GATEWAY });
    await say("organisation_channels: [all]");
    await monday();
    await stage.advanceTo("2024-09-24T09:05:00Z");
    expect(told()).toEqual(["acme digest 2024-09-23"]);
    expect(server.received[0]?.body.title).toBe("acme: Action items of the organisation on Mon 23 Sep 2024");
    expect(texts()).toContain("acme/shop");
    expect(texts()).not.toContain("acme/other");
    await stage.advanceTo("2024-09-30T09:05:00Z");
    expect(told()).toEqual(["acme digest 2024-09-23", "acme digest 2024-09-30"]);
  });

  sampled(it, 2).each([
    ["where its own policy names the channel", "channels: [all]", true],
    ["not where it names another", "channels: [outside]", false],
    ["not where it may stand in the digest on GitHub alone", "in_organisation: true", false],
  ])("tells of a private repository %s", async (_, own, isTold) => {
    await mergeInOther({ "postmortems/gateway.md": GATEWAY, [POLICY]: `digest: { ${own} }\n` });
    await say("organisation_channels: [all]");
    await monday();
    const ofAll = server.received.filter(({ body }) => body.key === "acme digest 2024-09-23").map(({ raw }) => raw);
    expect(ofAll).toHaveLength(1);
    expect(ofAll.join().includes("acme/other")).toBe(isTold);
  });

  it("tells of an internal repository only where members alone read", async () => {
    await mergeInOther({ "postmortems/gateway.md": GATEWAY });
    await say("organisation_channels: [all, outside]");
    const { store } = stage.service.context;
    const put = store.repositories.bind(store);
    // The emulator knows no enterprise, whose internal repositories these are.
    store.repositories = async (installation) =>
      (await put(installation)).map((one) => (one.name === "other" ? { ...one, visibility: "internal" } : one));
    await monday();
    expect(server.received.map(({ raw }) => raw.includes("acme/other"))).toEqual([true, false]);
  });

  it("is told once though its comment is refused", async () => {
    await say("organisation_channels: [all]");
    const refused = { kind: "answer", status: 403, body: { message: "Resource not accessible" } } as const;
    stage.gh.faults.add({ method: "POST", path: /reliability\/issues\/\d+\/comments$/, fault: refused, times: 100 });
    await monday();
    for (const day of ["24", "25", "26"]) await monday(day);
    expect(told()).toEqual(["acme digest 2024-09-23"]);
  });
});

sampled(it, 1).each([
  ["line", ["acme digest 2024-09-30"]],
  ["silence", []],
])("a week without anything is told by %s", async (how, keys) => {
  await say(`organisation_channels: [all], when_empty: ${how}`);
  for (const { number } of stage.trackingIssues()) stage.repo.as("dev").closeIssue(number);
  await stage.settle();
  await monday();
  server.received.length = 0;
  await monday("30");
  expect(told()).toEqual(keys);
  for (const { body } of server.received)
    expect(body).toMatchObject({ lead: [{ text: nothingWords(" in 1 repository") }], sections: [] });
  const comments = place.comments(digests()[0]?.number ?? 0).map(({ body }) => body);
  expect(comments.filter((text) => text.includes("Nothing is open"))).toHaveLength(keys.length);
});
