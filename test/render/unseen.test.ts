/**
 * What nobody sees reaches no text of ours: every renderer, with every kind of unseen character in everything that people
 * wrote. Only the zero-width spaces are left that make a text inert, and these stand where they stand without it.
 */
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";
import { renderCheck } from "../../src/render/check.js";
import { renderDigestComment, renderDigestIssue } from "../../src/render/digest.js";
import { renderAdoption, renderIssue } from "../../src/render/issue.js";
import { linkingLines } from "../../src/render/linking.js";
import { renderNudge } from "../../src/render/nudge.js";
import { documentHeading, heldNote } from "../../src/render/parts.js";
import { renderReply } from "../../src/render/reply.js";
import { renderStatus } from "../../src/render/status.js";
import { visible } from "../../src/text.js";
import { carryOut } from "../../src/tracking/carry-out.js";
import { parseCommands } from "../../src/tracking/commands/parse.js";
import { decide } from "../../src/tracking/decide.js";
import { foresee } from "../../src/tracking/forecast.js";
import { issueTitle } from "../../src/tracking/title.js";
import type { TrackedItem } from "../../src/tracking/types.js";
import { anIssue, anItem } from "../store/samples.js";
import { document, item, LINKS, standing, TODAY, visible as withoutMarkers } from "./samples.js";

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
];

/** What a person wrote, with `unseen` within its words, at its ends and around its special characters. */
type Hide = (text: string) => string;
const hide =
  (unseen: string): Hide =>
  (text) =>
    `${unseen}${text.replace(/([a-z])([a-z])/i, `$1${unseen}$2`).replace(/[@#:/]/g, `$&${unseen}`)}${unseen}`;

/** An item of a person's words in all its fields. */
function hostileItem(t: Hide): TrackedItem {
  const words = {
    owners: [t("Lisa Koch"), t("Max")],
    dueText: t("Sept 25"),
    priority: t("P1"),
    ref: t("https://tracker.example/T-1"),
    group: t("Short term"),
    window: t("Within a week"),
  };
  return item(
    t("Ask @eve about #12"),
    {
      due: "2024-09-25",
      dueOrigin: { kind: "stated", text: t("Sept 25") },
      originalDue: "2024-09-20",
      slips: [{ on: "2024-09-18", from: "2024-09-20", to: "2024-09-25", by: "lisa", why: t("the vendor is late") }],
      snoozes: [{ on: "2024-09-18", until: "2024-09-30", by: "lisa", why: t("on leave") }],
      waiver: { on: "2024-09-18", by: "lisa", why: t("not worth it"), until: "2024-12-01" },
      conflicts: [{ field: "title", document: t("Ask eve"), issue: t("Ask ada") }],
    },
    words,
    { title: t("Ask @eve about #12, now") },
  );
}

const hostileDocument = (t: Hide) =>
  document({
    title: t("Gateway outage"),
    incident: { id: t("INC-1"), date: "2024-09-12", severity: t("SEV-1"), services: [], tags: [] },
    held: "many",
    problems: [
      { line: 3, endLine: 3, rule: "unreadable-due-date", level: "warning", message: t("“Feb 30”"), fix: t("Fix") },
    ],
  });

/** What a reader finds in a document whose every word hides something. */
function found(t: Hide) {
  const source = `# ${t("Gateway outage")}\n\n## Action items\n\n- [ ] ${t("Alert on errors")} (owner: ${t("Max")}) due ${t("Feb 30")}\n`;
  const postmortem = readPostmortem("postmortems/a.md", source, { ...DEFAULT_READ_OPTIONS, today: TODAY });
  const { title, incident, problems } = postmortem;
  const read = document({ title, incident, problems });
  const input = { document: read, postmortem, tracked: [], policy: DEFAULT_POLICY, assignable: new Set<string>() };
  return { read, forecast: foresee({ ...input, today: TODAY }), decided: decide({ ...input, today: TODAY }) };
}

const shared = (t: Hide) => ({
  policyProblems: [{ line: 2, message: t("label: there is no such setting") }],
  obstacle: null,
  links: LINKS,
  repository: "acme/shop",
});

function renderers(t: Hide): Readonly<Record<string, string>> {
  const hostile = hostileItem(t);
  const read = hostileDocument(t);
  const issue = {
    item: hostile,
    document: read,
    links: LINKS,
    today: TODAY,
    teams: ["acme/sre"],
    names: [t("Max")],
    unassignable: ["eve"],
    troubles: [],
    beyond: [],
  };
  const digest = standing({ open: [hostile], closed: [hostile] });
  const { read: fresh, forecast } = found(t);
  const changes = [{ item: hostile, what: [{ kind: "title", to: t("Ask eve") } as const, { kind: "gone" } as const] }];
  const check = renderCheck({
    ...shared(t),
    onProblems: "neutral",
    sections: [
      {
        kind: "follow",
        document: fresh,
        forecast: { ...forecast, changes },
        adopts: new Map(),
        leftOut: 0,
        postponed: 0,
      },
    ],
    head: "c0ffee",
  });
  const section = { document: read, items: [hostile], unknownOwners: [t("Max")], unassignable: ["eve"], troubles: [] };
  const comment = {
    id: 5,
    author: "lisa",
    writtenAt: "2024-09-20T09:00:00Z",
    on: "2024-09-20",
    barred: null,
    editedAt: null,
    commands: parseCommands(`/due ${t("blursday the vendor")}`, { written: "2024-09-20", policy: DEFAULT_POLICY }),
  };
  const may = { command: new Set(["lisa"]), assign: new Set<string>(), others: new Map() };
  const [outcome] = carryOut(anItem(), anIssue(), [comment], may).outcomes;
  return {
    "an issue's title": issueTitle(t("Ask @eve about #12")),
    "an issue": renderIssue(issue).body,
    "an adoption": renderAdoption(issue).body,
    "a status comment": renderStatus({ ...shared(t), sections: [section], label: "action-item", today: TODAY }).body,
    "a check's title": check.title,
    "a check's summary": check.summary,
    "a check's annotations": check.annotations.map(({ title, message }) => `${title} ${message}`).join("\n"),
    "a digest": renderDigestIssue(digest),
    "a digest's comment": renderDigestComment(digest, "w"),
    "a nudge": renderNudge({
      item: hostile,
      document: read,
      nudge: { n: 1, on: TODAY },
      links: LINKS,
      teams: [],
      today: TODAY,
    }),
    "a linking line": linkingLines([read], LINKS),
    "an answer to a command": outcome ? (renderReply(outcome, 7)?.body ?? "") : "",
  };
}

const plain = renderers((text) => text);

describe.each(KINDS)("a %s", (_, unseen) => {
  it.each(Object.entries(renderers(hide(unseen))))("leaves no trace in %s", (name, text) => {
    expect(text).not.toBe("");
    expect(withoutMarkers(text)).toBe(withoutMarkers(plain[name] ?? ""));
  });
});

describe("a file's name", () => {
  it.each(KINDS)("with a %s shows none of it", (_, unseen) => {
    const path = `post${unseen}mortems/a${unseen}\n${unseen}b.md`;
    const named = document({ path, title: null, held: "many" });
    const links = { ...LINKS, document: () => "link", permalink: () => "link" };
    const text = [
      linkingLines([named], links),
      ...documentHeading(named, "link"),
      ...heldNote(named),
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
