/**
 * The whole job, and everything that goes wrong in it, at the most talkative level: the log holds no word that people
 * wrote, no secret and no token. Operators read it, and so does whatever collects logs.
 */
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Fault } from "../../emulator/faults.js";
import { createLog } from "../../src/log.js";
import { DatabaseSync } from "../../src/store/engine.js";
import { openStore } from "../../src/store/open.js";
import { itAtLength, sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

/** Stands in every text that somebody writes. */
const CANARY = "Canary";
/** As addresses, entities and JSON write it. */
const WORDS = /canary/i;

const lines: string[] = [];
let stage: Stage;
afterEach(() => stage.close());

const start = async (): Promise<void> => {
  lines.length = 0;
  stage = await Stage.start({ isFirst: true, log: { write: (line) => void lines.push(line) } });
};

const PATH = `postmortems/2024-09-12-${CANARY}.md`;
const DOCUMENT = `---
title: "${CANARY} outage"
tags: [${CANARY}]
---
# ${CANARY} outage

**Severity:** ${CANARY}-1

## Action items

### ${CANARY} group

- [ ] Close ${CANARY} connections - @lisa - due 2024-09-20
- [ ] Alert on ${CANARY} (owner: ${CANARY} Person) due ${CANARY} 30th, see [${CANARY}-7](https://tracker.example/browse/${CANARY}-7?token=${CANARY})
- [ ] Review ${CANARY} with @eve, priority ${CANARY}
`;
const POLICY = `labels: [action-item, ${CANARY}]\nowners:\n  ${CANARY} Person: "@dev"\nsprints: { ${CANARY}: 2025-01-01 }\n`;

async function wholeJob(): Promise<void> {
  const ada = stage.repo.as("ada");
  ada.pushDirect({ ".github/follow-through.yml": POLICY });
  const pull = ada.proposeFiles({ [PATH]: DOCUMENT }, `Add ${CANARY}`, `${CANARY}-branch`);
  await stage.settle();
  ada.comment(pull.number, `What about ${CANARY}?`);
  ada.mergePull(pull.number);
  await stage.recover();
  const [issue] = stage.trackingIssues();
  if (!issue) throw new Error("no issue was opened");
  const lisa = stage.repo.as("lisa");
  lisa.comment(issue.number, `/due 2024-09-25 because of ${CANARY}\n/waive\n/snooze ${CANARY}`);
  await stage.settle();
  lisa.editIssueTitle(issue.number, `${CANARY}, retitled`);
  lisa.editIssueBody(issue.number, `${CANARY}\n\n${issue.body}`);
  await stage.settle();
  await stage.advanceTo("2024-09-27T09:10:00Z");
  ada.pushDirect({
    [PATH]: DOCUMENT.replace("Close", "Shut"),
    ".github/follow-through.yml": `${POLICY}${CANARY}: 1\n`,
  });
  await stage.settle();
  await stage.advanceTo("2024-09-30T09:10:00Z");
  await stage.recover();
}

/** What the log must not hold besides people's words. */
const secrets = (): RegExp[] => [
  /ghs_\w+/,
  /BEGIN [A-Z ]*PRIVATE KEY/,
  /a-secret-of-tests/,
  /\bBearer\b/i,
  /eyJ[\w-]{10}/,
];

function expectNoWords(): void {
  expect(lines.length).toBeGreaterThan(10);
  for (const words of [WORDS, ...secrets()]) expect(lines.filter((line) => words.test(line))).toEqual([]);
}

it("the whole job", async () => {
  await start();
  await wholeJob();
  expectNoWords();
  // It tells what is done all the same.
  expect(lines.join("")).toContain("tracking issue opened");
  expect(lines.join("")).toContain('"route":"POST /repos/{owner}/{repo}/issues"');
});

const echo = (status: number, body: unknown): Fault => ({ kind: "answer", status, body });
const ECHOED = {
  message: `Validation Failed, "${CANARY}"`,
  errors: [
    { resource: "Issue", field: "title", code: "custom", message: `${CANARY} is too long`, value: CANARY },
    `${CANARY} again`,
  ],
  documentation_url: `https://docs.github.com/${CANARY}`,
};

describe("what GitHub answers", () => {
  const ANSWERS: readonly [string, Fault][] = [
    ["422 with values", echo(422, { ...ECHOED, message: "Validation Failed" })],
    ["403", echo(403, { ...ECHOED, message: "Forbidden" })],
    ["500 with a page", echo(500, `<html>${CANARY} failed</html>`)],
    ["500 with an object", echo(500, ECHOED)],
    ["200 with half of it", { kind: "truncate" }],
    ["nothing", { kind: "reset-before" }],
    ["nothing, after it was done", { kind: "reset-after" }],
  ];
  sampled(it, 2).each(ANSWERS)(
    "%s",
    async (_, fault) => {
      await start();
      for (const method of ["POST", "PATCH", "GET"])
        stage.gh.faults.add({
          method,
          path: /\/repos\/acme\/shop\/(issues|contents|check-runs|labels)/,
          nth: 2,
          times: 2,
          fault,
        });
      await wholeJob().catch(() => {});
      expectNoWords();
    },
    60_000,
  );
});

describe("what is delivered", () => {
  const deliver = async (body: string, event = "issues") => {
    const signature = `sha256=${createHmac("sha256", "a-secret-of-tests").update(body).digest("hex")}`;
    const headers = {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": "0b989ba4-242f-11e5-81e1-c7b6966d2516",
      "x-hub-signature-256": signature,
    };
    await fetch(stage.gh.webhooks.url ?? "", { method: "POST", headers, body });
    await fetch(stage.gh.webhooks.url ?? "", {
      method: "POST",
      headers: { ...headers, "x-hub-signature-256": "x" },
      body,
    });
  };

  sampled(it, 2).each([
    ["JSON that breaks off", `{"action":"${CANARY}`],
    ["a text", JSON.stringify(CANARY)],
    ["an object of other fields", JSON.stringify({ [CANARY]: CANARY, action: CANARY })],
    ["wrong types", JSON.stringify({ action: "edited", issue: { number: CANARY, body: CANARY }, repository: CANARY })],
  ])("%s", async (_, body) => {
    await start();
    for (const event of ["issues", "push", "pull_request", "issue_comment", "repository", "installation", CANARY]) {
      await deliver(body, event);
    }
    await stage.recover();
    expectNoWords();
  });
});

itAtLength("rows of the database that are damaged", async () => {
  await start();
  await wholeJob();
  const { dataDir } = stage;
  await stage.stopService();
  const database = new DatabaseSync(join(dataDir, "follow-through.db"));
  database.exec(`update item set data = '{"base": {"title": "${CANARY}", "${CANARY}": '`);
  database.exec(`update document set data = '{"${CANARY}": "${CANARY}"}'`);
  database.close();
  await stage.startService();
  await stage.settle();
  const log = createLog("trace", { write: (line) => void lines.push(line) });
  const failed = (error: unknown) => log.error({ err: error }, "failed");
  await stage.advanceTo("2024-10-07T09:10:00Z").catch(failed);
  await stage.merge({ [PATH]: `${DOCUMENT}\n- [ ] One more for ${CANARY}\n` }).catch(failed);
  expectNoWords();
});

describe("a database out of reach", () => {
  sampled(it, 1).each([
    ["that is not there", `postgres://${CANARY}:${CANARY}@127.0.0.1:9/${CANARY}`],
    ["whose address cannot be read", `postgres://${CANARY}:${CANARY}%zz@127.0.0.1:port/${CANARY}`],
    ["that does not let the user in", `postgres://${CANARY}:${CANARY}-password@127.0.0.1:5432/postgres`],
  ])("%s: the password is told nowhere", async (_, databaseUrl) => {
    await start();
    const log = createLog("trace", { write: (line) => void lines.push(line) });
    const error = await openStore({ databaseUrl, dataDir: stage.dataDir, log, lock: "none" }).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    log.error({ err: error }, "could not start");
    const password = new RegExp(`${CANARY}(-password|%zz)?@`, "i");
    expect([...lines, String(error)].filter((line) => password.test(line) || /-password|%zz/.test(line))).toEqual([]);
  });
});
