/**
 * What nobody sees reaches no text of ours: every renderer, with every kind of unseen character in everything that people
 * wrote. Only the zero-width spaces are left that make a text inert, and these stand where they stand without it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";
import { renderAsk } from "../../src/render/ask.js";
import { renderCheck } from "../../src/render/check.js";
import { linkingLines } from "../../src/render/linking.js";
import { renderNudge } from "../../src/render/nudge.js";
import { documentHeading, heldNote } from "../../src/render/parts.js";
import { visible } from "../../src/text.js";
import { decide } from "../../src/tracking/decide.js";
import { forPrograms, found, type Hide, shared, textsElsewhere, textsOnGitHub } from "./every-text.js";
import { document, item, LINKS, TODAY, visible as withoutMarkers } from "./samples.js";

const KINDS: readonly (readonly [string, string])[] = [
  ["zero-width space", "\u200b"],
  ["zero-width joiner", "\u200d"],
  ["zero-width non-joiner", "\u200c"],
  ["left-to-right mark", "\u200e"],
  ["direction override", "\u202e"],
  ["direction isolate", "\u2066"],
  ["word joiner", "\u2060"],
  ["invisible plus", "\u2064"],
  ["soft hyphen", "\u00ad"],
  ["byte order mark", "\ufeff"],
  ["combining grapheme joiner", "\u034f"],
  ["Hangul filler", "\u3164"],
  ["halfwidth Hangul filler", "\uffa0"],
  ["Hangul choseong filler", "\u115f"],
  ["Khmer inherent vowel", "\u17b4"],
  ["Mongolian vowel separator", "\u180e"],
  ["variation selector 1", "\ufe00"],
  ["emoji variation selector", "\ufe0f"],
  ["variation selector 256", "\u{e01ef}"],
  ["tag letter", "\u{e0041}"],
  ["language tag", "\u{e0001}"],
  ["interlinear annotation", "\ufff9"],
  ["musical control", "\u{1d173}"],
  ["nul", "\u0000"],
  ["escape", "\u001b"],
  ["delete", "\u007f"],
  ["C1 control sequence introducer", "\u009b"],
  ["noncharacter", "\uffff"],
  ["first half of a character", "\ud83d"],
  ["second half of a character", "\udc00"],
];

/** What a person wrote, with `unseen` within its words, at its ends and around its special characters. */
const hide =
  (unseen: string): Hide =>
  (text) =>
    `${unseen}${text.replace(/([a-z])([a-z])/i, `$1${unseen}$2`).replace(/[@#:/]/g, `$&${unseen}`)}${unseen}`;

const everyText = (t: Hide) => ({ ...textsOnGitHub(t), ...textsElsewhere(t) });
const plain = everyText((text) => text);

describe.each(KINDS)("a %s", (_, unseen) => {
  it.each(Object.entries(everyText(hide(unseen))))("leaves no trace in %s", (name, text) => {
    expect(text).not.toBe("");
    expect(withoutMarkers(text)).toBe(withoutMarkers(plain[name] ?? ""));
  });

  it("stands in what programs are given as an escape alone", () => {
    expect(forPrograms(hide(unseen))).not.toContain(unseen);
  });
});

it("is tried in everything that renders", () => {
  const folder = new URL("../../src/render/", import.meta.url);
  const source = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"))
    .join("\n");
  const renderers = source.matchAll(
    /^export (?:function|const) (render\w+|linkingLines|\w+Message|report(?:Text|Markdown|Csv|Page|Json)|items(?:Text|Csv)|trouble(?:Line|Words))\b/gm,
  );
  const names = [...renderers].map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThan(25);
  const used = readFileSync(new URL("every-text.ts", import.meta.url), "utf8");
  expect(names.filter((name) => !new RegExp(`\\b${name}(?!\\w| })`).test(used.replace(/^import .*$/gm, "")))).toEqual(
    [],
  );
});

describe("a file's name", () => {
  it.each(KINDS)("with a %s shows none of it", (_, unseen) => {
    const path = `post${unseen}mortems/a${unseen}\n${unseen}b.md`;
    const named = document({ path, title: null, held: "many" });
    const links = { ...LINKS, document: () => "link", permalink: () => "link" };
    const said = { item: item("x"), document: named, nudge: { n: 1, on: TODAY }, links, today: TODAY };
    const text = [
      linkingLines([named], links),
      ...documentHeading(named, "link"),
      ...heldNote(named),
      renderAsk({ ...said, unowned: new Set() }),
      renderNudge({ ...said, teams: [] }),
      renderCheck({
        ...shared(String),
        onProblems: "neutral",
        links,
        head: "c0ffee",
        sections: [{ kind: "leave-alone", path, by: "follow-through: no" }],
      }).summary,
    ].join("");
    const others = [...text].filter((character) => visible(character) === "" && character !== "\u200b");
    expect(others).toEqual([]);
    expect(text).toContain("[postmortems/a b.md]");
  });
});

describe("the same item", () => {
  const ids = (t: Hide) => found(t).decided.map(({ id, base }) => [id, base]);

  it.each(KINDS)("keeps its id and its words, read with and without a %s", (_, unseen) => {
    expect(ids(hide(unseen))).toEqual(ids((text) => text));
  });

  it.each(KINDS)("is followed where it was tracked with a %s in its title", (_, unseen) => {
    const source = "# Outage\n\n## Action items\n\n- [ ] Alert on errors of the payment gateway\n";
    const postmortem = readPostmortem("postmortems/a.md", source, DEFAULT_READ_OPTIONS);
    const before = item(hide(unseen)("Alert on errors of the payment gateway"), { id: "before" });
    const input = {
      document: document(),
      postmortem,
      policy: DEFAULT_POLICY,
      assignable: new Set<string>(),
      today: TODAY,
    };
    expect(decide({ ...input, tracked: [before] }).map(({ id }) => id)).toEqual(["before"]);
  });
});

describe("an entity", () => {
  it.each(["&#8203;", "&#x200b;", "&ZeroWidthSpace;", "&shy;", "&#xE0041;", "&#x202e;", "&zwj;"])(
    "%s is as unseen as what it stands for",
    (entity) => {
      expect(found((text) => text.replace(/([a-z])([a-z])/i, `$1${entity}$2`)).decided).toEqual(
        found((text) => text).decided,
      );
    },
  );

  it("in front matter is too", () => {
    const read = (title: string) =>
      readPostmortem("a.md", `---\ntitle: "${title}"\nseverity: "${title}"\n---\n\nText.\n`, DEFAULT_READ_OPTIONS);
    expect(read("SEV-1 \\u200bout\\u202eage\\ufeff")).toEqual(read("SEV-1 outage"));
  });
});
