/** Headings in all languages, plain and as people adorn them, promise work or none. */
import { describe, expect, it } from "vitest";
import { LANGUAGE_CODES } from "../../../src/postmortem/languages/index.js";
import { readSectionName, strengthOf } from "../../../src/postmortem/structure/section-name.js";
import { each, HEADINGS } from "./headings.js";

const promises = (heading: string): boolean => strengthOf(readSectionName(heading).kind) > 0;

describe.each(LANGUAGE_CODES)("%s", (code) => {
  const { work, none } = HEADINGS[code];

  it("above work", () => expect(each(work).filter((heading) => !promises(heading))).toEqual([]));
  it("above none", () => expect(each(none).filter(promises)).toEqual([]));
});

/** What stands around a heading and leaves it what it is. */
const ADORNED: readonly ((heading: string) => string)[] = [
  (heading) => heading.toUpperCase(),
  (heading) => `5. ${heading}`,
  (heading) => `5.1.2 ${heading}`,
  (heading) => `§5 ${heading}`,
  (heading) => `#5 ${heading}`,
  (heading) => `IV) ${heading}`,
  (heading) => `Step 5 – ${heading}`,
  (heading) => `1️⃣ ${heading}`,
  (heading) => `🛠️ ${heading}`,
  (heading) => `${heading} 🚀`,
  (heading) => `[${heading}]`,
  (heading) => `${heading}:`,
  (heading) => `${heading} (owner / due)`,
  (heading) => `${heading} [WIP]`,
  (heading) => `Our ${heading.toLowerCase()}`,
  (heading) => `Key ${heading.toLowerCase()}`,
];

it.each(ADORNED.map((adorn) => [adorn("Next steps"), adorn] as const))("%s", (_, adorn) => {
  expect(
    each(HEADINGS.en.work)
      .map(adorn)
      .filter((heading) => !promises(heading)),
  ).toEqual([]);
});
