/** Paths as long and as odd as Git takes them: what can be kept is followed, the rest is left alone, and nothing stops. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { TABLE } from "../fixtures/documents.js";
import { describeOnBothEngines } from "../support/databases.js";
import { itAtLength, sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

describeOnBothEngines("a postmortem", (open, engine) => {
  let stage: Stage;
  beforeEach(async () => {
    const { databaseUrl } = await open.address();
    stage = await Stage.start(databaseUrl ? { databaseUrl } : {});
  });
  afterEach(() => stage.close());

  /** Letters that no index can press together. */
  const noise = (length: number) =>
    Array.from({ length }, (_, index) => String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000))).join("");
  const folders = (length: number) => noise(length).replace(/.{60}(?=.)/gu, "$&/");

  sampled(it, 1).each([
    ["of 790 letters of three bytes", `postmortems/${folders(760)}.md`],
    ["of dots and blanks", "postmortems/a.b/..c/d.. e/…/x.md"],
    ["of quotes, brackets and signs", "postmortems/a'b\"c[d](e)#f?g&h%20i+j@k|l*m/`n`.md"],
  ])("%s at its path is followed", async (_, path) => {
    const pull = await stage.merge({ [path]: TABLE });
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(stage.status(pull)).toContain("0 of 2 action items done");
  });

  // An index of PostgreSQL takes no longer ones.
  const onPostgres: typeof itAtLength = engine === "postgres" ? it : itAtLength;
  onPostgres("at a path too long to be kept is left alone, and the others are followed", async () => {
    const long = `postmortems/${folders(1_300)}.md`;
    const pull = await stage.merge({ [long]: TABLE, "postmortems/short.md": TABLE });
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(stage.status(pull)).toContain("0 of 2 action items done");
    await stage.advanceTo("2024-09-16T10:10:00Z");
    await stage.merge({ "postmortems/short.md": null, [`postmortems/${folders(1_000)}.md`]: TABLE });
    await stage.advanceTo("2024-09-16T11:10:00Z");
    expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
    expect(stage.status(pull)).toContain("The document was removed");
  });
});
