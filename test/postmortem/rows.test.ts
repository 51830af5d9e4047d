/** Tables to the eye that are none to Markdown. */
import { describe, expect, it } from "vitest";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";

const read = (...lines: string[]) =>
  readPostmortem("2025-01-08-pump.md", `# Pump\n\n## Action items\n\n${lines.join("\n")}\n`, DEFAULT_READ_OPTIONS);
const VALVE = { title: "Replace the valve", owners: ["kim"], due: "2025-02-01", line: 6 };
const HORN = { title: "Buy a horn", owners: ["lou"], due: "2025-03-01", line: 7 };

describe.each([
  ["Jira's", ["||Action||Owner||Due||", "|Replace the valve|@kim|2025-02-01|", "|Buy a horn|@lou|2025-03-01|"]],
  [
    "Jira's, with numbers and blanks",
    [
      "|| # || Action || Owner || Due ||",
      "| 1 | Replace the valve | @kim | 2025-02-01 |",
      "| 2 | Buy a horn | @lou | 2025-03-01 |",
    ],
  ],
  [
    "without a line below the head",
    ["| Action | Owner | Due |", "| Replace the valve | @kim | 2025-02-01 |", "| Buy a horn | @lou | 2025-03-01 |"],
  ],
  ["parted by tabs", ["Action\tOwner\tDue", "Replace the valve\t@kim\t2025-02-01", "Buy a horn\t@lou\t2025-03-01"]],
  [
    "parted by tabs, in Spanish",
    ["Acción\tResponsable\tFecha", "Replace the valve\t@kim\t2025-02-01", "Buy a horn\t@lou\t2025-03-01"],
  ],
])("a table %s", (_, lines) => {
  it("is read like a table", () => expect(read(...lines).items).toMatchObject([VALVE, HORN]));
});

describe("columns parted by tabs without a head", () => {
  const TABBED = ["valve\told\t2025-02-01", "horn\tweak\t2025-03-01"];

  it("are told, and no item", () => {
    const { items, problems } = read(...TABBED);
    expect(items).toEqual([]);
    expect(problems).toMatchObject([{ rule: "unread-table", line: 5, endLine: 6 }]);
  });

  it("are told beside items too, once", () => {
    const { items, problems } = read(...TABBED, "", "- Replace the valve");
    expect(items).toHaveLength(1);
    expect(problems.filter(({ rule }) => rule === "unread-table")).toHaveLength(1);
  });
});
