/** The package as it is published: packed, installed into an empty folder without what only development needs, and run. */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { temporaryFolder } from "./support/folder.js";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const folder = temporaryFolder();

it("runs from its tarball alone", async () => {
  const cwd = folder();
  const packed = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", cwd], { cwd: ROOT });
  const [{ filename }]: [{ filename: string }] = JSON.parse(packed.stdout);
  writeFileSync(join(cwd, "package.json"), '{ "private": true }\n');
  await run("npm", ["i", "--omit=dev", "--prefer-offline", "--no-audit", "--no-fund", `./${filename}`], { cwd });
  const help = await run(join(cwd, "node_modules/.bin/follow-through"), ["--help"], { cwd });
  expect(help.stdout).toContain("Usage: follow-through");
  writeFileSync(join(cwd, "postmortem.md"), "# Outage\n\n## Action items\n\n- [ ] Add an alert - @lisa\n");
  const extract = await run(join(cwd, "node_modules/.bin/follow-through"), ["extract", "postmortem.md"], { cwd });
  expect(extract.stdout).toContain("Add an alert");
  const check = await run("npx", ["--no-install", "follow-through", "check", "postmortem.md"], { cwd });
  expect(check.stdout).toContain("Add an alert → @lisa");
  const version = await run("npx", ["--no-install", "follow-through", "--version"], { cwd });
  expect(filename).toBe(`follow-through-${version.stdout.trim()}.tgz`);
  const module = 'import("follow-through").then((app) => console.log(typeof app.default))';
  expect((await run(process.execPath, ["-e", module], { cwd })).stdout).toBe("function\n");
  // The service too finds all it imports: it stops at its settings, not before.
  const main = join(cwd, "node_modules/follow-through/dist/main.js");
  const started = run(process.execPath, [main], { cwd, env: { PATH: process.env.PATH, NODE_ENV: "production" } });
  await expect(started).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("APP_ID is missing") });
});
