/** The workflows, read by GitHub's own parser with GitHub's own schema, and held to what `.ci/run` runs. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string): string => readFileSync(`${ROOT}${path}`, "utf8");
const names = readdirSync(`${ROOT}.github/workflows`);
const text = (name: string): string => read(`.github/workflows/${name}`);

/** What is wrong with each of these workflows, as GitHub would tell it. */
function faults(...contents: readonly string[]): readonly (readonly string[])[] {
  const child = fileURLToPath(new URL("../support/workflow-child.ts", import.meta.url));
  const input = JSON.stringify(contents);
  return JSON.parse(execFileSync(process.execPath, ["--import", "tsx", child], { input, encoding: "utf8" }));
}

const step = z.looseObject({ uses: z.string().optional(), run: z.string().optional() });
const workflow = z.looseObject({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({ steps: z.array(step).default([]), "timeout-minutes": z.number().optional() }),
  ),
});
const jobsOf = (name: string) => Object.entries(workflow.parse(parse(text(name))).jobs);
const stepsOf = (name: string) => jobsOf(name).flatMap(([, { steps }]) => steps);

describe.each(names)("%s", (name) => {
  it("may only read where a job does not ask for more, and ends by itself", () => {
    expect(workflow.parse(parse(text(name))).permissions).toEqual({ contents: "read" });
    for (const [id, job] of jobsOf(name).filter(([, { steps }]) => steps.length > 0))
      expect(job["timeout-minutes"], id).toBeGreaterThan(0);
  });

  it("names each action with its whole version", () => {
    for (const { uses } of stepsOf(name)) if (uses) expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+\.\d+\.\d+$/);
  });

  it("runs only scripts that there are", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const run = stepsOf(name).flatMap((one) => [...(one.run ?? "").matchAll(/npm run (?:--silent )?([\w:-]+)/g)]);
    for (const [, script = ""] of run) expect(Object.keys(scripts)).toContain(script);
  });

  it("lets no text of others into a command", () => {
    for (const { run = "" } of stepsOf(name)) expect(run).not.toMatch(/\$\{\{ *(github\.(event|head|ref)|inputs)/);
  });
});

it("each is a workflow, and what is none is told", () => {
  const misspelt = text("ci.yml").replace("runs-on: ubuntu-24.04", "run-on: ubuntu-24.04");
  const unknown = text("chaos.yml").replace("inputs.seed ||", "imputs.seed ||");
  const found = faults(...names.map(text), misspelt, unknown);
  for (const [index, name] of names.entries()) expect(found[index], name).toEqual([]);
  expect(found.at(-2)).toEqual(expect.arrayContaining([expect.stringContaining("run-on")]));
  expect(found.at(-1)).toEqual(expect.arrayContaining([expect.stringContaining("imputs")]));
});

it("ci.yml runs what .ci/run runs, on the maintained lines of Node", () => {
  const run = read(".ci/run");
  const [, runs = ""] = /\$\{CI_RUNS:-([\w :]+)\}/.exec(run) ?? [];
  const lines = [...run.matchAll(/^npm (?:ci|run [\w:]+)/gm)].map(([command]) => command);
  expect(run).toContain('npm run "$run"');
  const [, test] = jobsOf("ci.yml").find(([id]) => id === "test") ?? [];
  const commands = test?.steps.flatMap((one) => one.run ?? []);
  expect(commands).toEqual([...lines, ...runs.split(" ").map((name) => `npm run ${name}`)]);
  expect(test).toMatchObject({ strategy: { matrix: { node: [20, 22, 24] } } });
});

it("Renovate is told only what it knows", () => {
  const rule = z.strictObject({
    description: z.string().optional(),
    matchDepTypes: z.array(z.enum(["dependencies", "devDependencies"])).optional(),
    matchManagers: z.array(z.enum(["github-actions", "npm", "dockerfile"])).optional(),
    matchPackageNames: z.array(z.string()).optional(),
    matchUpdateTypes: z.array(z.enum(["major", "minor", "patch"])).optional(),
    allowedVersions: z.string().optional(),
    groupName: z.string().optional(),
  });
  const config = z.strictObject({
    $schema: z.literal("https://docs.renovatebot.com/renovate-schema.json"),
    extends: z.array(z.string()),
    commitMessagePrefix: z.string(),
    rangeStrategy: z.enum(["pin", "bump", "replace"]),
    schedule: z.array(z.string()),
    minimumReleaseAge: z.string(),
    dependencyDashboard: z.boolean(),
    constraints: z.strictObject({ node: z.string() }),
    packageRules: z.array(rule),
  });
  const { constraints, packageRules } = config.parse(JSON.parse(read(".github/renovate.json")));
  const manifest = JSON.parse(read("package.json"));
  expect(constraints.node).toBe(manifest.engines.node);
  const installed = Object.keys({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  });
  for (const name of packageRules.flatMap(({ matchPackageNames = [] }) => matchPackageNames))
    expect(installed.some((one) => (name.endsWith("*") ? one.startsWith(name.slice(0, -1)) : one === name))).toBe(true);
});
