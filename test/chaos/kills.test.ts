/** One world on SQLite with a real kill in each stage, at a moment that hurts. Many more in `kills.long.test.ts`. */
import { expect, it } from "vitest";
import { pointNamed } from "./points.js";
import { run } from "./world.js";

it("a kill in each stage loses nothing and does nothing twice", { timeout: 300_000 }, async () => {
  const { findings, killed, said } = await run("sqlite", {
    check: pointNamed("check after-response 1 POST /repos/acme/shop/check-runs"),
    merge: pointNamed("merge after-commit 5 POST /repos/acme/shop/issues"),
    commands: pointNamed("commands after-commit 1 POST /repos/acme/shop/issues/#/comments"),
    nudges: pointNamed("nudges after-commit 2 POST /repos/acme/shop/issues/#/comments"),
    digest: pointNamed("digest after-commit 1 POST /repos/acme/shop/issues"),
  });
  const broken = findings.filter(({ detail }) => detail !== null);
  expect(broken, said.join("\n")).toEqual([]);
  expect(killed).toHaveLength(5);
});
