/** Every kind of channel writes whatever there is within its place's documented limits, and what people wrote does nothing there. */
import { describe, expect, it } from "vitest";
import { KINDS } from "../../src/people/kinds.js";
import { blocksOf, SLACK_LIMITS } from "../../src/people/slack.js";
import { digestMessage } from "../../src/render/digest.js";
import type { Message } from "../../src/render/message.js";
import { item, standing } from "../render/samples.js";

const MANY = 5_000;
const numbered = <T>(many: number, make: (index: number) => T): T[] =>
  Array.from({ length: many }, (_, index) => make(index));
const HOSTILE = "<!channel> @here & `code` *bold* | https://evil.example <script> ".repeat(8);
const open = numbered(MANY, (index) =>
  item(
    `${index} ${HOSTILE}`,
    { due: index % 3 === 0 ? "2024-09-01" : index % 3 === 1 ? "2024-10-01" : null },
    {},
    { number: index + 1, assignees: index % 4 === 0 ? [] : [`user${index % 40}`] },
  ),
);
const digest = digestMessage(standing({ open }));
const odd: Message = {
  title: "t".repeat(400),
  lead: [["l".repeat(200)]],
  sections: numbered(80, (index) => ({
    title: `Section ${index}`,
    entries: numbered(20, () => ({ line: [{ said: "w".repeat(4_000), most: 4_000, url: "https://x.example/a|b>c" }] })),
  })),
  more: { words: "All <of> them", url: "https://x.example/?a=1&b=2" },
};

describe.each([
  ["5,000 items", digest],
  ["sections and lines without measure", odd],
])("slack: %s", (_, message) => {
  const blocks = blocksOf(message);

  it("stays within 50 blocks, 150 characters a header, 3,000 a section", () => {
    expect(blocks.length).toBeLessThanOrEqual(SLACK_LIMITS.blocks);
    for (const block of blocks) {
      if (block.type === "header") expect(block.text.text.length).toBeLessThanOrEqual(SLACK_LIMITS.header);
      else if (block.type === "section") {
        expect(block.text?.text.length).toBeGreaterThan(0);
        expect(block.text?.text.length).toBeLessThanOrEqual(SLACK_LIMITS.text);
        expect(block.text).toMatchObject({ verbatim: true });
      } else throw new Error(block.type);
    }
  });

  it("ends with the link to more", () => {
    expect(JSON.stringify(blocks.at(-1))).toContain(`<${message.more.url.replace(/&/g, "&amp;")}|`);
  });
});

it("slack: what people wrote mentions nobody, links nothing and formats nothing", () => {
  const text = JSON.stringify(blocksOf(digest));
  expect(text).not.toMatch(/<!|<@|<#|<script/);
  expect(text).toContain("&lt;!channel&gt;");
  // All that is in brackets is a link of the App's own, into the repository.
  for (const [, target] of text.matchAll(/<([^>|]*)\|/g))
    expect(target).toMatch(/^https:\/\/github\.com\/acme\/shop\//);
});

it("slack: is read in one screen however many items there are", () => {
  const lines = blocksOf(digest).flatMap((block) =>
    block.type === "section" ? (block.text?.text ?? "").split("\n") : [],
  );
  expect(lines.length).toBeLessThan(50);
  expect(lines.slice(0, 2).join("\n")).toContain("*5000 open*");
});

it("webhook: is JSON of bounded size that says what it leaves out", () => {
  const body = KINDS.webhook.body({ message: digest, key: "k" });
  expect(JSON.stringify(body).length).toBeLessThan(500_000);
  expect(body).toMatchObject({ key: "k", version: 1 });
  expect(JSON.stringify(body)).toMatch(/"left":[1-9]/);
  expect(JSON.stringify(body)).not.toContain("\u200b");
});

it.each(Object.entries(KINDS))("%s: takes whatever there is, as JSON of bounded size", (_, kind) => {
  for (const message of [digest, odd]) {
    const body = JSON.stringify(kind.body({ message, key: "k" }));
    expect(body.length).toBeLessThan(300_000);
    expect(body).toContain(JSON.stringify(message.more.url).slice(1, 18));
  }
});
