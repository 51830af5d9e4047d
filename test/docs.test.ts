/** Documents that speak of the code, held against it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ProbotOctokit } from "probot";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { EVENTS } from "../src/github/trigger.js";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

const filesUnder = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(folder, path));

const sources = filesUnder("src", ".ts").map(read).join("\n");

interface Operation {
  readonly name: string;
  readonly request: string;
  readonly permission: string;
}

/** The rows of docs/github-api.md that name an operation of Octokit. */
const operations: Operation[] = [
  ...read("docs/github-api.md").matchAll(/^\| `(\w+\.\w+)` \| `([^`]+)` \|.*\| ([^|]+) \|$/gm),
].map(([, name = "", request = "", permission = ""]) => ({ name, request, permission }));

/** The rows that name an event. */
const events = [...read("docs/github-api.md").matchAll(/^\| `([a-z_]+)` \|.*\| ([^|]+) \|$/gm)].map(
  ([, name = "", permission = ""]) => ({ name, permission }),
);

describe("docs/github-api.md", () => {
  it("lists what the code calls, and nothing else", () => {
    const called = [...sources.matchAll(/\.rest\.(\w+\.\w+)/g)].map(([, name]) => name);
    expect(called.length).toBeGreaterThan(20);
    expect(operations.map(({ name }) => name).sort()).toEqual([...new Set(called)].sort());
    // No other way of calling, which the list would not see.
    expect(sources).not.toMatch(/octokit\.(?:request|paginate)\b/);
    expect(sources.match(/octokit\.graphql\b/g)).toHaveLength(1);
  });

  it("names each request as Octokit sends it", () => {
    const rest = new ProbotOctokit().rest as unknown as Record<
      string,
      Record<string, { endpoint: { DEFAULTS: { method: string; url: string } } }>
    >;
    for (const { name, request } of operations) {
      const [group = "", method = ""] = name.split(".");
      const route = rest[group]?.[method]?.endpoint.DEFAULTS;
      expect(`${route?.method} ${route?.url}`, name).toBe(request);
    }
  });

  it("needs no permission and no event that app.yml does not ask for", () => {
    const manifest = parse(read("app.yml"));
    const rank = ["read", "write"];
    for (const { name, permission } of operations.filter((operation) => operation.permission !== "App")) {
      const [what = "", level = ""] = permission.split(": ");
      const granted = manifest.default_permissions[what.replaceAll(" ", "_")];
      expect(rank.indexOf(granted), name).toBeGreaterThanOrEqual(rank.indexOf(level));
    }
    const unasked = ["check_run", "installation", "installation_repositories"];
    expect([...manifest.default_events, ...unasked].sort()).toEqual([...EVENTS].sort());
    expect(events.map(({ name }) => name).sort()).toEqual([...manifest.default_events].sort());
  });

  it("uses every permission that app.yml asks for, at that level", () => {
    const used = new Set([...operations, ...events].map(({ permission }) => permission));
    const asked = Object.entries(parse(read("app.yml")).default_permissions);
    expect(asked.length).toBeGreaterThan(4);
    for (const [name, level] of asked) expect(used).toContain(`${name.replaceAll("_", " ")}: ${level}`);
  });
});

describe("docs/operating.md", () => {
  const operating = read("docs/operating.md");

  it("names every metric", () => {
    const metrics = [...read("src/web/metrics.ts").matchAll(/name: "(\w+)"/g)].map(([, name]) => name);
    expect(metrics.length).toBeGreaterThan(5);
    for (const metric of metrics) expect(operating).toContain(`\`${metric}`);
  });

  it("names every environment variable that the settings read", () => {
    const variables = new Set(
      [...read("src/settings.ts").matchAll(/\b([A-Z]{2,}(?:_[A-Z]+)+|HOST|PORT): /g)].map(([, name]) => name),
    );
    expect(variables.size).toBeGreaterThan(8);
    for (const variable of variables) expect(operating).toContain(`\`${variable}\``);
  });
});

describe("docs/security.md", () => {
  const named = [...read("docs/security.md").matchAll(/`((?:src|test)\/[\w./-]+)`/g)].map(([, path = ""]) => path);

  it.each([...new Set(named)])("%s, which holds or shows something, is there", (path) => {
    expect(existsSync(join(ROOT, path))).toBe(true);
  });

  const shown = [...read("docs/security.md").matchAll(/^\| (\d*) ?\|.*\| `(test\/[\w./-]+)` \| `([^`]+)` \|$/gm)];

  it("shows each of seventeen claims", () => {
    expect(shown.flatMap(([, line = ""]) => (line === "" ? [] : [Number(line)]))).toEqual(
      Array.from({ length: 17 }, (_, index) => index + 1),
    );
  });

  it.each(shown.map(([, , file = "", words = ""]) => [file, words]))(
    "%s has a test of these words: %s",
    (file, words) => {
      const tests = [...read(file).matchAll(/"(?:[^"\\\n]|\\.)*"|`[^`\n]*`/g)].map(([name]) => name);
      expect(tests.some((name) => name.includes(words))).toBe(true);
      // As `-t` takes it: nothing in it stands for something else.
      expect(words).not.toMatch(/[\\^$*+?()[\]{}|]/);
    },
  );
});

it("decisions are numbered once, as their headings say", () => {
  const numbers = filesUnder("docs/adr", ".md").map((path) => {
    const number = /(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1];
    expect(read(path)).toMatch(new RegExp(`^# ${number}: `));
    return number;
  });
  expect(new Set(numbers).size).toBe(numbers.length);
});

describe("links between documents", () => {
  const atTop = readdirSync(ROOT).filter((name) => name.endsWith(".md"));
  const documents = [...atTop, ...filesUnder("docs", ".md")];

  it.each(documents)("%s links to what is there", (document) => {
    const text = read(document).replace(/```[\s\S]*?```/g, "");
    for (const [, target = ""] of text.matchAll(/\]\((?!https?:|#)([^)\s#]+)/g))
      expect(existsSync(join(ROOT, dirname(document), target)), target).toBe(true);
    const headings = new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchor(heading)));
    for (const [, target = ""] of text.matchAll(/\]\(#([^)\s]+)\)/g)) expect(headings, target).toContain(target);
  });
});

/** The anchor GitHub gives a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replace(/ /g, "-");
