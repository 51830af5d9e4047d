/**
 * Every place where people's text comes in, each with the way of the product through it: a text is set there, and then read,
 * decided on and worded as the App would.
 */
import { parseJson } from "../../src/data.js";
import { type EventName, InvalidPayload, toTrigger } from "../../src/github/trigger.js";
import { globMatcher, problemWithGlob } from "../../src/policy/glob.js";
import { loadPolicy } from "../../src/policy/load.js";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";
import { isGroupCheck, pullOfCheck, renderCheck } from "../../src/render/check.js";
import { renderIssue } from "../../src/render/issue.js";
import {
  isFromNewer,
  markerKey,
  parseItemMarker,
  parseMuteMarker,
  parseNudgeMarker,
  parseStatusMarker,
  withManaged,
} from "../../src/render/marker.js";
import { bounded } from "../../src/tracking/bounds.js";
import { holdsCommands, parseCommands } from "../../src/tracking/commands/parse.js";
import { parsePullCommands } from "../../src/tracking/commands/pull.js";
import { decide } from "../../src/tracking/decide.js";
import { foreseeAlone } from "../../src/tracking/forecast.js";
import { issueTitle } from "../../src/tracking/title.js";
import { LINKS } from "../render/samples.js";
import { DOCUMENT } from "../tracking/samples.js";
import { PILLS } from "./hostile.js";
import { TEXT_PLACES } from "./places-of-texts.js";

const KEYED = [
  "link",
  "closing",
  "reply",
  "review",
  "digest",
  "digest-week",
  "organisation-digest",
  "organisation-week",
] as const;

export interface Place {
  /** How long a text has to be to be refused here at once: beyond, only the refusal is of interest. Missing: none is. */
  readonly most?: number;
  /** Takes in the text, set into this place, as the App would. Never throws. */
  readonly take: (text: string) => void;
}

const TODAY = "2025-03-05";
const HEAD = "# Incident 2025-03-04\n\n## Action items\n\n";

/** A document from its text to the issues it would open, the check it would get, and its next reading. */
function takeDocument(text: string): void {
  const read = bounded(readPostmortem("docs/2025-03-04-outage.md", text, { ...DEFAULT_READ_OPTIONS, today: TODAY }));
  const document = { ...DOCUMENT, title: read.title, incident: read.incident, problems: read.problems };
  const policy = DEFAULT_POLICY;
  const assignable: ReadonlySet<string> = new Set();
  const items = decide({ document, postmortem: read, tracked: [], policy, assignable, today: TODAY });
  for (const item of items.slice(0, 50)) {
    issueTitle(item.base.title);
    renderIssue({
      item,
      document,
      links: LINKS,
      today: TODAY,
      teams: [],
      names: item.base.owners,
      unassignable: [],
      beyond: [],
    });
  }
  const forecast = foreseeAlone(read, policy, TODAY);
  const follow = { kind: "follow", document, forecast, adopts: new Map(), leftOut: 0, postponed: 0 } as const;
  renderCheck({
    sections: [follow],
    policyProblems: [],
    onProblems: "neutral",
    obstacle: null,
    links: LINKS,
    head: "c0ffee",
  });
  decide({ document, postmortem: read, tracked: items, policy, assignable, today: TODAY });
}

const inDocument = (set: (text: string) => string): Place => ({ take: (text) => takeDocument(set(text)) });

/** Front matter is YAML of 64 KiB at most. */
const MOST_YAML = 65_000;
const inMatter = (set: (text: string) => string): Place => ({
  most: MOST_YAML,
  take: (text) => takeDocument(`---\n${set(text)}\n---\n${HEAD}- [ ] Fix it\n`),
});

const inPolicy = (set: (text: string) => string): Place => ({
  most: MOST_YAML,
  take: (text) => {
    loadPolicy(set(text), "enabled: true");
  },
});

/** Cut up, as people would cut it where one thing is too long. */
function cutUp(text: string, length: number, set: (piece: string) => string): string {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += length) pieces.push(set(text.slice(at, at + length).replaceAll("\n", " ")));
  return pieces.join("");
}

function takeBody(body: string): void {
  isFromNewer(body);
  parseItemMarker("item", body);
  parseItemMarker("adopted", body);
  parseStatusMarker(body);
  parseNudgeMarker(body);
  parseMuteMarker(body);
  for (const kind of KEYED) markerKey(body, kind);
  withManaged(body, "x");
}

function takeComment(body: string): void {
  holdsCommands(body);
  parseCommands(body, { written: TODAY, policy: DEFAULT_POLICY });
  parsePullCommands(body);
}

const EVENTS: readonly EventName[] = ["pull_request", "push", "issues", "issue_comment", "check_run"];

/** Of a delivery of 1 MB; GitHub's own end at 25 MB, with fewer people's words in them. */
const MOST_FIELD = 40_000;

/** A delivery in which every field that is a person's text holds the text. */
function takeDelivery(text: string): void {
  const words = { login: text, name: text, ref: text, title: text, body: text, label: text, path: text };
  const payload = {
    action: "created",
    installation: { id: 1 },
    repository: { id: 7, default_branch: text, full_name: text },
    pull_request: { ...words, number: 1, merged: true, base: words, head: words, user: words },
    issue: { ...words, number: 1, user: words, labels: [words] },
    comment: { ...words, id: 1, user: words },
    check_run: { ...words, external_id: text, id: 1, app: { id: 1, slug: text } },
    sender: words,
    ref: text,
    commits: [{ added: [text], modified: [text], removed: [text] }],
  };
  const read = parseJson(JSON.stringify(payload));
  for (const event of EVENTS) {
    try {
      toTrigger(event, read, "follow-through[bot]");
    } catch (error) {
      if (!(error instanceof InvalidPayload)) throw error;
    }
  }
}

/** What is no JSON, or goes beyond its bounds, is refused by throwing. */
function takeJson(text: string): void {
  try {
    parseJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
  }
}

const PATH = `docs/${"postmortems/".repeat(60)}a.md`;

function takeGlob(glob: string): void {
  if (problemWithGlob(glob) === null) globMatcher(glob)(PATH);
}

/** A whole document of those that are there by name. */
export const takePill = (name: string): void => takeDocument(PILLS[name]?.() ?? "");

export const PLACES: Readonly<Record<string, Place>> = {
  "a document": inDocument((text) => text),
  "front matter": inMatter((text) => text),
  "a value of the front matter": inMatter((text) => `title: ${text}`),
  "a quoted value of the front matter": inMatter((text) => `date: "${text}"`),
  "front matter in TOML": {
    most: MOST_YAML,
    take: (text) => takeDocument(`+++\ntitle = ${text}\n+++\n${HEAD}- [ ] Fix it\n`),
  },
  "a title": inDocument((text) => `# ${text}\n\n## Action items\n\n- [ ] Fix it\n`),
  "a fact": inDocument((text) => `# T\n\n**Date:** ${text}\n\n## Action items\n\n- [ ] Fix it\n`),
  "a heading": inDocument((text) => `${HEAD}### ${text}\n\nOwner: Ana\n`),
  "a section's name": inDocument((text) => `# T\n\n## Action items ${text}\n\n- [ ] Fix it\n`),
  "a label": inDocument((text) => `${HEAD}**${text}:**\n\n- [ ] Fix it\n`),
  prose: inDocument((text) => `${HEAD}We will add an alert ${text}\n`),
  "text beside action items": inDocument((text) => `# T\n\n${text}\n\n## Action items\n\n- [ ] Fix it\n`),
  "a header cell": inDocument((text) => `${HEAD}| Action | ${text} |\n|---|---|\n| Fix it | a |\n`),
  "a cell": inDocument((text) => `${HEAD}| Action | Owner | Due |\n|---|---|---|\n| Fix ${text} | @a | Friday |\n`),
  "an owner cell": inDocument((text) => `${HEAD}| Action | Owner | Due |\n|---|---|---|\n| Fix it | ${text} | |\n`),
  "a due cell": inDocument((text) => `${HEAD}| Action | Owner | Due |\n|---|---|---|\n| Fix it | | ${text} |\n`),
  "a status cell": inDocument((text) => `${HEAD}| Action | Status | Ref |\n|---|---|---|\n| Fix it | ${text} | |\n`),
  "a ticket cell": inDocument((text) => `${HEAD}| Action | Priority | Ref |\n|---|---|---|\n| Fix it | | ${text} |\n`),
  "a table's row": inDocument((text) => `${HEAD}| Action | Owner | Due |\n|---|---|---|\n${text}\n`),
  "a bullet": inDocument((text) => `${HEAD}- ${text}\n`),
  "a number": inDocument((text) => `${HEAD}1. ${text}\n`),
  "a task box": inDocument((text) => `${HEAD}- [ ] Fix ${text}\n`),
  "the end of an item": inDocument((text) => `${HEAD}- [ ] Fix it - ${text} (Lisa, 2025-04-01)\n`),
  "behind Owner:": inDocument((text) => `${HEAD}- [ ] Fix it. Owner: ${text}\n`),
  "behind Due:": inDocument((text) => `${HEAD}- [ ] Fix it. Due: ${text}\n`),
  "behind Status:": inDocument((text) => `${HEAD}- [ ] Fix it. Status: ${text}\n`),
  "an item's Owner: line": inDocument((text) => `${HEAD}- [ ] Fix it\n  - Owner: ${text}\n  - Due: Friday\n`),
  "an item's Due: line": inDocument((text) => `${HEAD}### Fix it\n\nOwner: Ana\nDue: ${text}\n`),
  "a paragraph below an item": inDocument((text) => `${HEAD}- [ ] Fix it\n\n  ${text}\n`),
  "items of 200 letters": inDocument((text) => HEAD + cutUp(text, 200, (piece) => `- [ ] Fix ${piece}\n`)),
  "items of 2,000 letters": inDocument((text) => HEAD + cutUp(text, 1_990, (piece) => `- [ ] Fix ${piece}\n`)),
  "lines of 2,000 letters": inDocument((text) => HEAD + cutUp(text, 1_990, (piece) => `Fix ${piece}\n`)),
  "cells of 2,000 letters": inDocument(
    (text) =>
      `${HEAD}| Action | Owner | Due |\n|---|---|---|\n${cutUp(text, 6_000, (piece) => `| ${piece.slice(0, 2_000)} | ${piece.slice(2_000, 4_000)} | ${piece.slice(4_000)} |\n`)}`,
  ),
  "paragraphs of 2,000 letters": inDocument((text) => HEAD + cutUp(text, 1_990, (piece) => `Add ${piece}\n\n`)),
  "headings of 100 letters": inDocument((text) => HEAD + cutUp(text, 100, (piece) => `### Add ${piece}\n\n`)),
  "an indented list": inDocument((text) => `${HEAD}- a\n${cutUp(text, 60, (piece) => `  - Fix ${piece}\n`)}`),
  "a quote": inDocument((text) => `> ${HEAD.replaceAll("\n", "\n> ")}- [ ] Fix ${text}\n`),
  "a link's text": inDocument((text) => `${HEAD}- [ ] Fix [${text}](https://a.b/issues/1)\n`),
  "a link's target": inDocument((text) => `${HEAD}- [ ] Fix [it](https://a.b/${text})\n`),
  "a link's title": inDocument((text) => `${HEAD}- [ ] Fix [it](https://a.b "${text}")\n`),
  "a link's definition": inDocument((text) => `${HEAD}- [ ] Fix [it][a]\n\n[a]: ${text}\n`),
  code: inDocument((text) => `${HEAD}- [ ] Fix \`${text}\`\n`),
  "a block of code": inDocument((text) => `${HEAD}- [ ] Fix it\n\n\`\`\`\n${text}\n\`\`\`\n`),
  "an admonition": inDocument((text) => `${HEAD}!!! note "a"\n\n    - [ ] Fix ${text}\n`),
  "an HTML block": inDocument((text) => `${HEAD}<div>\n${text}\n</div>\n`),
  "an HTML attribute": inDocument((text) => `${HEAD}- [ ] Fix <a href="${text}">it</a>\n`),
  "an HTML block's attribute": inDocument((text) => `${HEAD}<div class="${text}">\n`),
  "an HTML comment": inDocument((text) => `${HEAD}<!-- ${text} -->\n\n- [ ] Fix it\n`),
  "an HTML cell": inDocument(
    (text) => `${HEAD}<table><tr><th>Action</th><th>Owner</th></tr><tr><td>Fix</td><td>${text}</td></tr></table>\n`,
  ),
  "an HTML list": inDocument((text) => `${HEAD}<ul><li>Fix ${text}</li></ul>\n`),
  "a policy": inPolicy((text) => text),
  "a policy's key": inPolicy((text) => `? ${text}\n: 1\nowners:\n  ? "${text}"\n  : "@a"\n`),
  "a policy's value": inPolicy((text) => `enabled: ${text}`),
  "a policy's words": inPolicy((text) => `labels: [${JSON.stringify(text)}]\nowners: {${JSON.stringify(text)}: "@a"}`),
  "a policy's schedule": inPolicy((text) => `digest: {schedule: ${JSON.stringify(text)}}\nnudges: ${text}`),
  "a policy's glob": inPolicy((text) => `postmortems: {include: [${JSON.stringify(text)}]}`),
  "a policy's calendar": inPolicy(
    (text) =>
      `calendar: {region: ${JSON.stringify(text)}, quiet: ${JSON.stringify(text)}, holidays: [${JSON.stringify(text)}]}\ntime_zone: ${JSON.stringify(text)}\nreview: {within: ${JSON.stringify(text)}}`,
  ),
  "a policy's channels": inPolicy((text) => {
    const word = JSON.stringify(text);
    return `digest: {channels: [${word}], organisation_channels: [${word}], organisation: ${word}, summaries: {${word}: ${word}}}`;
  }),
  "a policy's ladder": inPolicy(
    (text) =>
      `escalation: [{after: ${JSON.stringify(text)}, to: ${JSON.stringify(text)}, priorities: [${JSON.stringify(text)}]}]\nmute: {${JSON.stringify(text)}: never}`,
  ),
  "a policy's days": inPolicy(
    (text) =>
      `due: {default: ${JSON.stringify(text)}, by_service: {${JSON.stringify(text)}: 5}, by_severity: {a: ${JSON.stringify(text)}}}\nnudges: {by_priority: {${JSON.stringify(text)}: 7}}\nsprints: {${JSON.stringify(text)}: 2025-01-01}`,
  ),
  "a policy's check": inPolicy(
    (text) =>
      `check: ${JSON.stringify(text)}\nproblems: {${JSON.stringify(text)}: off}\nticket_prefixes: [${JSON.stringify(text)}]\ndate_order: ${JSON.stringify(text)}`,
  ),
  "a glob of 200 letters": { take: (text) => cutUp(text, 200, (piece) => `${takeGlob(piece)}`) },
  "an issue's body": { take: takeBody },
  "a marker": { take: (text) => takeBody(`<!-- follow-through:item ${text} -->`) },
  "a marker's JSON": { take: (text) => takeBody(`<!-- follow-through:item {"v":1,"item":${text}} -->`) },
  "a marker's words": {
    take: (text) => takeBody(`<!-- follow-through:item ${JSON.stringify({ v: 1, item: { id: text } })} -->`),
  },
  "markers of each kind": {
    take: (text) => {
      const key = JSON.stringify({ v: 1, key: text, item: text, person: text, until: text });
      takeBody(
        ["status", "nudge", "mute", ...KEYED].map((kind) => `<!-- follow-through:${kind} ${key} -->`).join("\n"),
      );
    },
  },
  "a check's id": {
    take: (text) => {
      pullOfCheck(text);
      isGroupCheck(`group:${text}`);
    },
  },
  "a comment": { take: takeComment },
  "a command's date": { take: (text) => takeComment(`/due ${text}`) },
  "a command's names": { take: (text) => takeComment(`/assign ${text}`) },
  "a command's reason": { take: (text) => takeComment(`/waive until ${text}`) },
  "a command's date and reason": { take: (text) => takeComment(`/snooze Friday ${text} until ${text}`) },
  "a command's word": { take: (text) => takeComment(`/${text}`) },
  "words behind commands": {
    take: (text) =>
      takeComment(
        ["same-as", "split", "unrelated", "mute", "unmute", "snooze", "reopen", "done"]
          .map((word) => `/${word} ${text.slice(0, text.length / 8)}`)
          .join("\n"),
      ),
  },
  "lines of commands": { take: (text) => takeComment(cutUp(text, 200, (piece) => `/same-as ${piece}\n`)) },
  "many commands": { take: (text) => takeComment(cutUp(text, 1_000, (piece) => `/waive ${piece}\n`)) },
  "a webhook": { take: (text) => takeDelivery(text.slice(0, MOST_FIELD)) },
  JSON: { take: takeJson },
  ...TEXT_PLACES,
};
