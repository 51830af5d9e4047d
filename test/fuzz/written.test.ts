/** Whatever stands in a document, what the App makes of it can be stored, written into a marker, and read back from both. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";
import { itemMarker, parseItemMarker } from "../../src/render/marker.js";
import { bounded } from "../../src/tracking/bounds.js";
import { decide } from "../../src/tracking/decide.js";
import { documentSchema, itemSchema } from "../../src/tracking/schemas.js";
import type { TrackedDocument } from "../../src/tracking/types.js";
import { DOCUMENT } from "../tracking/samples.js";
import { mutants, soups } from "./arbitraries.js";
import { DOCUMENTS } from "./documents.js";

const RUNS = Number(process.env.FUZZ_RUNS ?? 500);

/** Names as long as anything, where they are cut and where not. */
const handle = fc
  .tuple(fc.integer({ min: 1, max: 130 }), fc.integer({ min: 0, max: 130 }), fc.constantFrom("a", ".", "-", "_", "9"))
  .map(([login, team, letter]) => `@a${letter.repeat(login)}b${team > 0 ? `/${letter.repeat(team)}c` : ""}`);
const named = fc
  .tuple(handle, handle)
  .map(([one, two]) => `## Action items\n\n| Action | Owner |\n|---|---|\n| Fix the pool size | ${one}, ${two} |\n`);

/** A team whose name is cut around its slash. */
const cutAt = (length: number) =>
  `## Action items\n\n| Action | Owner |\n|---|---|\n| Fix the pool size | @${"a".repeat(length)}/${"b".repeat(20)} |\n`;

it("is of the schemas", () => {
  fc.assert(
    fc.property(fc.oneof(mutants(DOCUMENTS), soups, named), (text) => {
      const read = bounded(readPostmortem(DOCUMENT.path, text, DEFAULT_READ_OPTIONS));
      const { title, incident, problems } = read;
      const document: TrackedDocument = { ...DOCUMENT, title, incident, problems };
      expect(documentSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
      const policy = DEFAULT_POLICY;
      for (const item of decide({
        document,
        postmortem: read,
        tracked: [],
        policy,
        assignable: new Set(),
        today: "2025-03-05",
      })) {
        expect(itemSchema.parse(JSON.parse(JSON.stringify(item)))).toEqual(item);
        expect(parseItemMarker("item", itemMarker("item", item, document))).toMatchObject({
          edited: false,
          item: { base: item.base },
        });
      }
    }),
    { numRuns: RUNS, examples: [95, 96, 97, 98, 99, 100].map((length) => [cutAt(length)]) },
  );
});
