/** The digest of the organisation stands where its policy says, in a meeting's order, and shows nothing to more people than read it. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { RepositoryHandle } from "../../emulator/handles.js";
import { GATEWAY, TABLE } from "../fixtures/documents.js";
import { Stage } from "../support/stage.js";

const POLICY = ".github/follow-through.yml";

let stage: Stage;
let place: RepositoryHandle;
let other: RepositoryHandle;
let organisation: RepositoryHandle;
beforeEach(async () => {
  stage = await Stage.start({ now: "2024-09-16T10:00:00Z" });
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
afterEach(() => stage.close());

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
