/** What is published: all that runs and its licences, and nothing else. That it runs is tried by `package.long.test.ts`. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

it("npm pack holds what it must, and nothing else", () => {
  const said = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const [{ files }]: [{ files: { path: string; size: number }[] }] = JSON.parse(said);
  const paths = files.map(({ path }) => path);
  const [programs, others] = [/^dist\//, /^(?!dist\/)/].map((where) => paths.filter((path) => where.test(path)));
  expect(others?.sort()).toEqual(["LICENSE", "NOTICE", "README.md", "app.yml", "package.json"]);
  expect(programs).toEqual(
    expect.arrayContaining(["dist/cli.js", "dist/index.js", "dist/main.js", "dist/reading/child.js"]),
  );
  // Each is built from a source that is there.
  for (const path of programs ?? [])
    expect(existsSync(join(ROOT, path.replace("dist/", "src/").replace(/\.js$/, ".ts"))), path).toBe(true);
});

it("says what it is, and that nobody publishes it by accident", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(manifest).toMatchObject({ private: true, license: "MIT", bin: { "follow-through": "dist/cli.js" } });
  expect(manifest.keywords).toContain("probot-app");
});
