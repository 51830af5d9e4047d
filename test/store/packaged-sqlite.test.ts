/** The store's contract on the packaged SQLite, where the runtime's own would be taken: Node 20 has only the one. */
import { describe, expect, test, vi } from "vitest";
import { builtIn } from "../../src/store/engine.js";

vi.mock(import("../../src/store/engine.js"), async (original) => {
  const { DatabaseSync } = await import("@photostructure/sqlite");
  return { ...(await original()), DatabaseSync };
});

if (builtIn() === null) {
  describe.skip("this runtime has no SQLite of its own", () => test("the contract", () => expect(1).toBe(1)));
} else {
  await import("./tables.test.js");
  await import("./work-list.test.js");
  await import("./limits.test.js");
  await import("./migrations.test.js");
  await import("./open.test.js");
}
