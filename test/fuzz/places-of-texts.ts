/**
 * Places from which people's words go out again: each text of the App's, the digests and their channels, reports, and what is searched and
 * compared. A text is set there as it is kept: an item's words are 2,000 letters at most, so a longer one makes several.
 */
import { slack } from "../../src/people/slack.js";
import { webhook } from "../../src/people/webhook.js";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { type DigestInput, digestMessage, renderDigestIssue, summaryMessage } from "../../src/render/digest.js";
import { organisationMessage, renderOrganisationIssue } from "../../src/render/organisation.js";
import { reportJson } from "../../src/render/report/contract.js";
import { itemsCsv, reportCsv } from "../../src/render/report/csv.js";
import { itemLine } from "../../src/render/report/items.js";
import { reportPage } from "../../src/render/report/page.js";
import { itemsText, reportMarkdown, reportText } from "../../src/render/report/text.js";
import { Library } from "../../src/similarity/library.js";
import { profileOf } from "../../src/similarity/profile.js";
import { FACETS } from "../../src/tracking/figures/groups.js";
import { reportOf } from "../../src/tracking/figures/report.js";
import { promisedBefore } from "../../src/tracking/promised.js";
import { search } from "../../src/tracking/search.js";
import type { TrackedItem } from "../../src/tracking/types.js";
import { textsElsewhere, textsOnGitHub } from "../render/every-text.js";
import { document, item, LINKS, standing, TODAY } from "../render/samples.js";
import { counted } from "../tracking/figures/samples.js";
import type { Place } from "./places.js";

/** What is kept of an item's words, of a document's title, and of a name in it (`bounded`, `src/tracking/bounds.ts`). */
const [WORDS, TITLE, NAME] = [2_000, 300, 50];
/** GitHub's own bound on an issue's title. */
const ISSUE_TITLE = 256;

/** The text in pieces, as one word of an item each. */
function pieces(text: string, length = WORDS): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; at += length) found.push(text.slice(at, at + length));
  return found;
}

const itemOf = (words: string, part: Partial<TrackedItem> = {}): TrackedItem =>
  item(
    words,
    { due: "2024-09-20", originalDue: "2024-09-20", ...part },
    { owners: [words.slice(0, 100)], priority: words.slice(0, NAME) },
    { title: words.slice(0, ISSUE_TITLE) },
  );

const documentOf = (text: string) =>
  document({
    title: text.slice(0, TITLE),
    incident: {
      id: text.slice(0, 100),
      date: "2024-09-12",
      severity: text.slice(0, NAME),
      services: [text.slice(0, NAME)],
      tags: [text.slice(0, NAME)],
    },
  });

function digestOf(text: string): DigestInput {
  const read = documentOf(text);
  const slip = (why: string) => ({ on: "2024-09-25", from: "2024-09-20", to: "2024-12-01", by: "lisa", why });
  return standing({
    open: pieces(text).flatMap((words) => [
      itemOf(words, { documentId: read.id }),
      itemOf(words, { documentId: read.id, due: "2024-12-01", slips: [slip(words)] }),
    ]),
    documents: new Map([[read.id, read]]),
    reviews: [{ number: 57, title: text.slice(0, ISSUE_TITLE), author: "ada", since: "2024-09-06" }],
  });
}

function takeDigest(text: string): void {
  const input = digestOf(text);
  const organisation = { parts: [{ name: "acme/shop", input }], today: TODAY, links: LINKS, label: "action-item" };
  renderDigestIssue(input);
  renderOrganisationIssue(organisation);
  const own = summaryMessage(input, "lisa", "acme/shop", DEFAULT_POLICY);
  for (const message of [digestMessage(input), organisationMessage(organisation), ...(own ? [own] : [])])
    for (const kind of [slack, webhook]) JSON.stringify(kind.body({ message, key: "k" }));
}

function takeReport(text: string): void {
  const all = pieces(text).map((words) =>
    counted({ item: itemOf(words), document: documentOf(words), counted: { teams: [words.slice(0, NAME)] } }),
  );
  const repositories = [{ name: "acme/shop", visibility: "public" } as const];
  const report = reportOf(all, { of: "acme", repositories, facets: FACETS, since: null, until: TODAY });
  const lines = all.map((one) => itemLine(one, LINKS));
  for (const made of [reportText, reportCsv, reportJson]) made(report);
  for (const made of [reportMarkdown, reportPage]) made(report, () => LINKS);
  itemsCsv(lines);
  itemsText(lines);
}

/** A command line's word is 128 KiB at most (Linux, `MAX_ARG_STRLEN`). */
const MOST_ASKED = 128 * 1_024;

function takeQuery(text: string): void {
  const all = [{ document: documentOf("outage"), items: [itemOf("Fix the outage")], policy: DEFAULT_POLICY }];
  search(all, { words: [text, "outage"] }, TODAY);
  search(all, { words: [], owner: text, service: text, severity: text, tag: text }, TODAY);
}

function takeSearched(text: string): void {
  const items = pieces(text).map((words) => itemOf(words));
  search([{ document: documentOf(text), items, policy: DEFAULT_POLICY }], { words: ["outage"], owner: "lisa" }, TODAY);
}

function takeCompared(text: string): void {
  const library = new Library();
  library.put("before", profileOf("docs/before.md", "# Outage 1\n\nThe pool was full.\n"));
  const profile = profileOf("docs/1.md", text);
  library.like(profile, () => true);
  library.put("new", profile);
  library.like(profile, () => true);
  library.sharedWith(profile, "new", 4);
}

export const TEXT_PLACES: Readonly<Record<string, Place>> = {
  "every text on GitHub": { most: WORDS, take: (text) => textsOnGitHub(() => text.slice(0, WORDS)) },
  "every text elsewhere": { most: WORDS, take: (text) => textsElsewhere(() => text.slice(0, WORDS)) },
  "digests and channels": { take: takeDigest },
  "a report": { take: takeReport },
  "a search": { most: MOST_ASKED, take: (text) => takeQuery(text.slice(0, MOST_ASKED)) },
  "what is searched": { take: takeSearched },
  "a postmortem that is compared": { take: takeCompared },
  "the cause of one that is compared": { take: (text) => takeCompared(`# Outage\n\n## Root cause\n\n${text}\n`) },
  "promises that were made before": {
    take: (text) => {
      promisedBefore(["Fix the outage", ...pieces(text).slice(0, 50)], pieces(text));
    },
  },
};
