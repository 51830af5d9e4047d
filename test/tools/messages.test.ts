/** What people read is short, in plain sentences, and all of it stands in docs/messages.md. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MESSAGES, proseOf, sentencesOf } from "../../tools/messages.js";

const MOST_CHARACTERS = 600;
const MOST_WORDS = 25;

const EXAMPLES = MESSAGES.flatMap(({ name, examples, ...kind }) =>
  examples.map(({ when, text }) => [`${name}, when ${when}`, proseOf(text, kind)] as const),
);

describe.each(EXAMPLES)("%s", (_, prose) => {
  it("is short", () => {
    expect(prose.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  });

  it("has no long sentence", () => {
    const long = sentencesOf(prose).filter((one) => one.split(/\s+/).length > MOST_WORDS);
    expect(long).toEqual([]);
  });
});

it("are made by every renderer there is", () => {
  const folder = new URL("../../src/render/", import.meta.url);
  // Reports, in a folder of their own, are no messages.
  const source = readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"))
    .join("\n");
  const renderers = [...source.matchAll(/^export function (render\w+|linkingLines)/gm)].map(([, name = ""]) => name);
  const used = readFileSync(new URL("../../tools/messages.ts", import.meta.url), "utf8");
  expect(renderers.filter((name) => !used.includes(`${name}(`))).toEqual([]);
  // Each thing that GitHub can refuse is told of in words of its own.
  const kinds = readFileSync(new URL("../../src/tracking/trouble.ts", import.meta.url), "utf8")
    .split("export type Why")[0]
    ?.matchAll(/kind: "([a-z-]+)"/g);
  expect([...(kinds ?? [])].map(([, kind]) => kind).filter((kind) => !used.includes(`kind: "${kind}"`))).toEqual([]);
});

describe("prose", () => {
  it("leaves out what is not read word by word", () => {
    expect(
      proseOf(
        "### Head\n\n| a | b |\n|---|---|\n\n> [!NOTE]\n> One [two](https://x.y/z).\n\n```yaml\na: b\n```\n- three",
      ),
    ).toBe("Head\nOne two.\nthree");
  });
});
