/** Every write the App makes against every refusal that GitHub documents for it; the table of docs/operating.md is made here. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { REFUSALS, refuse, WRITES } from "../support/refusals.js";

const DOCUMENT = fileURLToPath(new URL("../../docs/operating.md", import.meta.url));
const TABLE = /(<!-- refusals: made by test\/e2e\/refusals.long.test.ts -->\n)[\s\S]*?(<!-- end of refusals -->)/;

const found = new Map<string, string>();
const key = (write: string, refusal: string) => `${write}, ${refusal}`;

describe.each(Object.entries(WRITES))("%s", (name, { refusals }) => {
  it.each(refusals)("refused by %s: all else is done, and it is told or done otherwise", async (refusal) => {
    found.set(key(name, refusal), await refuse(name, refusal));
  });
});

describe("docs/operating.md", () => {
  it("shows what comes of each", () => {
    const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    const rows = Object.entries(WRITES).map(([name, { refusals }]) =>
      row([name, ...REFUSALS.map((one) => (refusals.includes(one) ? (found.get(key(name, one)) ?? "?") : ""))]),
    );
    const table = [row(["", ...REFUSALS]), row(["---", ...REFUSALS.map(() => "---")]), ...rows].join("\n");
    const text = readFileSync(DOCUMENT, "utf8");
    const renewed = text.replace(TABLE, (_, begin, end) => `${begin}\n${table}\n\n${end}`);
    if (process.env.UPDATE_DOCS) writeFileSync(DOCUMENT, renewed);
    else expect(text).toBe(renewed);
  });
});
