/** The words of what comes of documents and items, as check run and command line share them. */
import { describe, expect, it } from "vitest";
import { whyNoPostmortem } from "../../src/policy/matching.js";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";
import { itemReadiness, leftAloneWords, readinessWords } from "../../src/render/verdict.js";
import { type FreshItem, foreseeAlone } from "../../src/tracking/forecast.js";

const fresh = (...items: string[]): readonly FreshItem[] => {
  const text = `# Outage\n\n**Date:** 2024-09-12\n\n## Action items\n\n${items.join("\n")}\n`;
  const postmortem = readPostmortem("postmortems/a.md", text, DEFAULT_READ_OPTIONS);
  return foreseeAlone(postmortem, DEFAULT_POLICY, "2024-09-16").fresh;
};

describe("an item", () => {
  it.each<[string, string]>([
    ["- [ ] Add timeouts - @lisa - due 2024-10-01", "ready"],
    ["- [ ] Add timeouts - @lisa", "ready"],
    ["- [ ] Add timeouts - due 2024-10-01", "not ready: no owner"],
    ["- [ ] Add timeouts (owner: TBD) - due 2024-10-01", "not ready: no owner"],
    ["- [ ] Add timeouts (owner: Max)", "not ready: GitHub does not know its owner"],
    ["- [ ] Add timeouts - @lisa - due February 30", "not ready: its date cannot be read"],
    ["- [ ] Add timeouts - due before Black Friday", "not ready: no owner, its date cannot be read"],
  ])("%s: %s", (item, words) => {
    const [only] = fresh(item);
    expect(only && itemReadiness(only)).toBe(words);
  });

  it("is counted with the others", () => {
    const all = fresh("- [ ] Add timeouts - @lisa", "- [ ] Alert on errors", "- [ ] Fix it - @lisa - due Feb 30");
    expect(readinessWords(all)).toBe("1 ready, 1 without an owner, 1 whose date cannot be read");
  });
});

describe("a document that is left alone", () => {
  it.each<[string, string | null]>([
    ["postmortems/a.md", null],
    ["docs/notes.md", "not-included"],
    ["postmortems/template.md", "excluded"],
    ["docs/README.md", "not-included"],
    ["postmortems/README.md", "excluded"],
  ])("%s: %s", (path, why) => {
    expect(whyNoPostmortem(DEFAULT_POLICY)(path)).toBe(why);
  });

  it("says why in one sentence", () => {
    expect(leftAloneWords({ kind: "not-included" })).toBe(
      "is left alone: its path matches none of `postmortems.include`.",
    );
    const { form } = readPostmortem(
      "postmortems/a.md",
      "# Postmortem template\n\n## Action items\n\n- [ ] Do it\n",
      DEFAULT_READ_OPTIONS,
    );
    expect(leftAloneWords({ kind: "template", why: form ?? "" })).toMatch(
      /^is a template, so no action items are read of it: its title or first line calls it a form\.$/,
    );
  });
});
