/**
 * Writes src/policy/regions.ts, the regions whose holidays date-holidays knows, so that a policy is checked without loading that library.
 * To be run whenever its version changes; test/holidays.test.ts tells where that was forgotten.
 *
 *     npx tsx tools/regions.ts
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { knownRegions } from "../src/holidays.js";

const WIDTH = 110;

const lines = [""];
for (const region of await knownRegions()) {
  const line = lines.at(-1) ?? "";
  if (line.length + region.length < WIDTH) lines[lines.length - 1] = `${line} ${region}`.trim();
  else lines.push(region);
}

const text = `/**
 * The countries, states and cities whose holidays date-holidays knows, as a policy names them: \`CH\`, \`CH-ZH\`, \`DE-BY-A\`.
 * Made by tools/regions.ts, so that a policy is checked without loading that library.
 */
const CODES = \`
${lines.join("\n")}
\`;

export const REGIONS: ReadonlySet<string> = new Set(CODES.trim().split(/\\s+/));
`;
writeFileSync(fileURLToPath(new URL("../src/policy/regions.ts", import.meta.url)), text);
