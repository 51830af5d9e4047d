/** What can be a login is the same everywhere: each place beside each login. */
import { describe, expect, it } from "vitest";
import { isLogin, isLoginOrTeam } from "../src/logins.js";
import { loadPolicy } from "../src/policy/load.js";
import { DEFAULT_POLICY } from "../src/policy/schema.js";
import { readPostmortem } from "../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../src/postmortem/types.js";
import { parseCommands } from "../src/tracking/commands/parse.js";
import { resolveOwners } from "../src/tracking/owners.js";

const VALID = [
  "lisa",
  "Lisa",
  "q",
  "7up",
  "lisa-koch",
  "octo_acme",
  "lisa-koch_acme",
  "octo_acme_2",
  `a${"b".repeat(38)}`,
];
const INVALID = ["-lisa", "_acme", "lisa.koch", "lisa@acme", "lísa", `a${"b".repeat(39)}`, "acme/", "lisa!", ""];
const TEAMS = ["acme/payments", "octo_acme/on-call", "acme/web_team", "acme/v1.2"];

/** The people an item of a document would be assigned to. */
function people(item: string): readonly string[] {
  const document = `# Outage\n\n## Action items\n\n${item}\n`;
  const { items } = readPostmortem("a.md", document, DEFAULT_READ_OPTIONS);
  return items.flatMap((one) => {
    const { logins, teams } = resolveOwners(one, DEFAULT_POLICY);
    return [...logins, ...teams];
  });
}

/** Each place where a login is written, and what is understood there: the login in lower case, or nothing. */
const PLACES: Readonly<Record<string, (login: string) => readonly string[]>> = {
  "the policy's owners": (login) => {
    const { policy, problems } = loadPolicy(`owners:\n  Somebody: "@${login}"\n`);
    return problems.length > 0 ? [] : (policy.owners.Somebody ?? []).map((one) => one.slice(1).toLowerCase());
  },
  "/assign": (login) => understood(`/assign @${login}`),
  "/unassign": (login) => understood(`/unassign @${login}`),
  "an item's text": (login) => people(`- [ ] Fix the pool with @${login}`),
  "an item's end": (login) => people(`- [ ] Fix the pool - @${login}`),
  "an item's end, before a date": (login) => people(`- [ ] Fix the pool @${login} 2024-10-01`),
  "an item's start": (login) => people(`- [ ] @${login}: fix the pool`),
  brackets: (login) => people(`- [ ] Fix the pool (@${login}, 2024-10-01)`),
  "an owner's label": (login) => people(`- [ ] Fix the pool (owner: @${login})`),
  "an owner's column": (login) => people(`| Action | Owner |\n|---|---|\n| Fix the pool | @${login} |`),
};

function understood(line: string): readonly string[] {
  const [command] = parseCommands(line, { written: "2024-09-20", policy: DEFAULT_POLICY });
  const asks = command?.asks;
  return asks?.kind === "assign" || asks?.kind === "unassign" ? asks.logins : [];
}

const grid = (logins: readonly string[]) =>
  Object.keys(PLACES).flatMap((place) => logins.map((login) => [place, login] as const));

describe("a login", () => {
  it.each(grid(VALID))("in %s: %s", (place, login) => {
    expect(PLACES[place]?.(login)).toEqual([login.toLowerCase()]);
  });

  it.each(VALID)("is one by itself: %s", (login) => {
    expect([isLogin(login), isLoginOrTeam(login)]).toEqual([true, true]);
  });
});

describe("what is none is never taken for somebody", () => {
  it.each(grid(INVALID))("in %s: %s", (place, login) => {
    const [first, ...others] = PLACES[place]?.(login) ?? [];
    expect(others).toEqual([]);
    // Where a mention ends, the words go on: `@lisa!` names lisa.
    if (first !== undefined) expect(["lisa", "acme"]).toContain(first);
    if (/[.@í]/.test(login)) expect(first).toBeUndefined();
  });

  it.each(INVALID)("by itself: %s", (login) => {
    expect([isLogin(login), isLoginOrTeam(login)]).toEqual([false, false]);
  });
});

describe("a team", () => {
  const places = Object.keys(PLACES).filter((place) => !place.includes("assign"));
  it.each(places.flatMap((place) => TEAMS.map((team) => [place, team] as const)))("in %s: %s", (place, team) => {
    expect(PLACES[place]?.(team)).toEqual([team]);
  });

  it.each(TEAMS)("cannot be assigned by a command: %s", (team) => {
    expect(understood(`/assign @${team}`)).toEqual([]);
    expect([isLogin(team), isLoginOrTeam(team)]).toEqual([false, true]);
  });
});
