/** Where a table has no column for the state of the work, some write "DONE" over its priority. */
import { describe, expect, it } from "vitest";
import { readPostmortem } from "../../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../../src/postmortem/types.js";

const read = (priority: string, head = "Priority") =>
  readPostmortem(
    "a.md",
    `# Bakery closed\n\n## Action items\n\n| Action | Owner | ${head} |\n|---|---|---|\n| Oil the door | @ana | ${priority} |\n| Buy a timer | @ben | P1 |\n`,
    DEFAULT_READ_OPTIONS,
  ).items;

describe("a priority cell", () => {
  it.each(["DONE", "Done", "done", "Completed", "✅ Done", "Erledigt", "Hecho", "Fait", "完了", "완료", "Concluído"])(
    "that says %s: the work is done, and has no priority",
    (said) => {
      expect(read(said)).toMatchObject([
        { title: "Oil the door", done: true, priority: null },
        { done: false, priority: "P1" },
      ]);
    },
  );

  it.each(["P0", "High", "Critical", "1", "Medium", "Alta", "高"])("that says %s: it is its priority", (said) => {
    expect(read(said)).toMatchObject([{ done: false, priority: said }, { done: false }]);
  });

  it("that says both is read as both", () => {
    expect(read("P0 (Done)")).toMatchObject([{ done: true, priority: "P0" }, {}]);
  });
});
