/** The rolling digest issue is always current, and goes on in another one where it was taken away. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { doctor } from "../../src/cli/doctor.js";
import { rollingKind } from "../../src/render/marker.js";
import { TABLE } from "../fixtures/documents.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";
import { talk } from "../support/talk.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start({ now: "2024-09-16T10:00:00Z" });
  await stage.merge({ "postmortems/cache.md": TABLE });
  await stage.advanceTo("2024-09-23T09:05:00Z");
});
afterEach(() => stage.close());

const digests = () => stage.repo.issues.filter(({ title }) => title.startsWith("Weekly digest"));
const number = () => digests()[0]?.number ?? 0;
const edits = (from: number) =>
  stage.gh.requests.slice(from).filter(({ method, path }) => method === "PATCH" && path.endsWith(`/issues/${number()}`))
    .length;
const comments = (issue: number) => stage.repo.comments(issue).filter(({ user }) => user.login.endsWith("[bot]"));
const repositoryId = () => stage.repo.state.id;
const as = (login: string) => stage.repo.as(login);

describe("its text", () => {
  it("is renewed within the hour after something changed, and not written where nothing did", async () => {
    await stage.advanceTo("2024-09-23T11:10:00Z");
    const from = stage.gh.requests.length;
    await stage.advanceTo("2024-09-23T12:10:00Z");
    expect(edits(from)).toBe(0);
    as("dev").closeIssue(stage.trackingIssues()[0]?.number ?? 0);
    await stage.settle();
    expect(edits(from)).toBe(0);
    await stage.advanceTo("2024-09-23T13:10:00Z");
    expect(edits(from)).toBe(1);
    expect(digests()[0]?.body).toContain("**1 open**");
    expect(comments(number())).toHaveLength(1);
  });

  it("is written once an hour at most, however often a push has the repository looked at", async () => {
    await stage.advanceTo("2024-09-23T11:10:00Z");
    const from = stage.gh.requests.length;
    for (const [minute, item] of [..."123"].entries()) {
      await stage.advanceTo(`2024-09-23T12:1${minute}:00Z`);
      as("dev").comment(stage.trackingIssues()[0]?.number ?? 0, `/due 2024-10-0${item}`);
      await stage.settle();
      as("ada").commitFiles({ files: { ".github/follow-through.yml": `time_zone: UTC # ${minute}\n` } });
      await stage.settle();
    }
    expect(edits(from)).toBe(1);
  });

  it("stays as it is for days where nothing is left open", async () => {
    for (const issue of stage.trackingIssues()) as("dev").closeIssue(issue.number);
    await stage.settle();
    await stage.advanceTo("2024-10-07T11:10:00Z");
    const from = stage.gh.requests.length;
    await stage.advanceTo("2024-10-08T12:10:00Z");
    await stage.advanceTo("2024-10-09T12:10:00Z");
    expect(edits(from)).toBe(0);
  });
});

describe("an issue that was", () => {
  const ways: [string, string, () => void, RegExp][] = [
    ["closed", "closed", () => as("ada").closeIssue(number()), /since \[#\d+\]\(\S+\) was closed/],
    ["locked", "locked", () => as("ada").lock(number()), /since \[#\d+\]\(\S+\) was locked/],
    ["deleted", "gone", () => as("ada").deleteIssue(number()), /since #\u200b\d+ is gone/],
    ["transferred", "gone", transfer, /since #\u200b\d+ is gone/],
  ];
  function transfer() {
    stage.gh.repository("acme/other", { members: { ada: "admin" } });
    as("ada").transferIssue(number(), "acme/other");
  }

  sampled(it, 2).each(ways)(
    "%s: another is opened once, which says why, nothing fails, and doctor tells",
    async (_, why, act, words) => {
      const before = number();
      act();
      await stage.settle();
      await stage.advanceTo("2024-09-23T11:10:00Z");
      const open = () => digests().filter(({ number }) => number !== before);
      expect(open()).toHaveLength(1);
      expect(open()[0]?.body).toMatch(words);
      await stage.advanceTo("2024-09-23T12:10:00Z");
      await stage.advanceTo("2024-09-30T09:05:00Z");
      expect(open()).toHaveLength(1);
      expect(comments(open()[0]?.number ?? 0)).toHaveLength(1);
      const { context } = stage.service;
      expect(await context.store.troubles(repositoryId())).toEqual([]);
      expect(await context.store.work.deadLetters()).toEqual([]);
      const { terminal, lines } = talk();
      await doctor(terminal, context);
      expect(lines().join("\n")).toContain(`the digest goes on in #${open()[0]?.number}, since #${before} `);
      expect(lines().join("\n")).toContain(why === "gone" ? "is gone (2024-09-23)" : `was ${why} (2024-09-23)`);
    },
  );

  it("closed each time by a bot is followed by another once a week at most", async () => {
    for (let day = 23; day < 30; day++) {
      for (const { number } of digests().filter(({ state }) => state === "open")) as("ada").closeIssue(number);
      await stage.settle();
      await stage.advanceTo(`2024-09-${day}T12:10:00Z`);
    }
    expect(digests()).toHaveLength(2);
  });

  it("replaced is known after the database was lost: the one that goes on", async () => {
    as("ada").lock(number());
    await stage.advanceTo("2024-09-23T11:10:00Z");
    const { store } = stage.service.context;
    await store.changeRepository(repositoryId(), { rebuiltAt: null, digestIssue: null });
    await stage.advanceTo("2024-09-23T12:10:00Z");
    expect(digests()).toHaveLength(2);
    expect((await store.repository(repositoryId()))?.digestIssue).toBe(digests()[1]?.number);
  });
});

const DIGEST = '<!-- follow-through:digest {"v":2,"key":"digest"} -->';
const ORGANISATION = '<!-- follow-through:organisation-digest {"v":2,"key":"organisation-digest"} -->';

it.each([
  ["a tracking issue", DIGEST],
  ["a tracking issue, as the organisation's", ORGANISATION],
])("%s that somebody marked as the digest is not written over, though the database was lost", async (_, forged) => {
  await stage.merge({
    "postmortems/second.md": "# Two\n\n## Action items\n\n- [ ] Draw a map of all services @lisa\n",
  });
  const newest = stage.trackingIssues().at(-1);
  as("lisa").editIssueBody(newest?.number ?? 0, `${newest?.body}\n\n${forged}\n`);
  await stage.loseDatabase();
  stage.repo.as("dev").closeIssue(stage.trackingIssues()[0]?.number ?? 0);
  await stage.settle();
  await stage.advanceTo("2024-09-23T12:10:00Z");
  await stage.advanceTo("2024-09-30T09:05:00Z");
  const body = stage.repo.issue(newest?.number ?? 0).body;
  expect(body).toContain("follow-through:item ");
  expect(body).not.toContain("How the action items of this");
  expect(digests()).toHaveLength(1);
  expect(comments(number())).toHaveLength(2);
});

it.each([
  [`${DIGEST}\n${ORGANISATION}`, "organisation-digest"],
  [`${ORGANISATION}\ntext\n${DIGEST}`, "digest"],
  [`${DIGEST}\n<!-- follow-through:item {"v":2} -->`, null],
  ["x <!-- follow-through:digest {} -->", null],
  ['<!-- follow-through:digest {"v":2,"key":"other"} -->', null],
  ["", null],
])("an issue is marked as one kind of rolling issue at most: %j", (body, kind) => {
  expect(rollingKind(body)).toBe(kind);
});
