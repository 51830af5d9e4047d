/** Why a file of this machine could not be read, in words whatever the system calls it; and reading within bounds. */
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { getSystemErrorMap } from "node:util";
import { describe, expect, it } from "vitest";
import { readFileUpTo, systemWords, whyNot } from "../src/files.js";
import { temporaryFolder } from "./support/folder.js";

const folder = temporaryFolder();

describe("why not", () => {
  const errors = [...getSystemErrorMap()].map(
    ([errno, [code]]) => [code, Object.assign(new Error(`${code}: x, open '/secret'`), { errno, code })] as const,
  );

  it.each(errors)("%s is told in words, without a code or a path", (_, error) => {
    const why = whyNot(error);
    expect(why).toMatch(/^(is|has|does not|may not|was not|needs|cannot) /);
    expect(why).not.toMatch(/\bE[A-Z0-9]{2,}\b|secret/);
    expect(systemWords(error)).not.toBeNull();
  });

  it("is told of what is no error of the system's", () => {
    expect([whyNot(new Error("x")), whyNot(null), systemWords(new Error("x"))]).toEqual([
      "cannot be read",
      "cannot be read",
      null,
    ]);
  });
});

describe("reading", () => {
  it("ends at the bound, and at the end of a file that says it is empty", async () => {
    const path = join(folder(), "a.md");
    writeFileSync(path, "x".repeat(200_000));
    for (const most of [0, 1, 65_536, 65_537, 200_000, 300_000]) {
      const read = await readFileUpTo(path, most);
      expect(read.kind === "file" && read.bytes.byteLength).toBe(Math.min(most, 200_000));
    }
    expect(await readFileUpTo("/proc/self/status", 10)).toMatchObject({
      kind: "file",
      bytes: expect.objectContaining({ byteLength: 10 }),
    });
  });

  it("opens no folder and no socket", async () => {
    const path = folder();
    mkdirSync(join(path, "a"));
    expect(await readFileUpTo(join(path, "a"), 10)).toEqual({ kind: "folder", why: "is a folder" });
    const server = createServer().listen(join(path, "socket"));
    await new Promise((resolve) => server.once("listening", resolve));
    expect(await readFileUpTo(join(path, "socket"), 10)).toEqual({ kind: "unreadable", why: "is a socket" });
    server.close();
  });
});
