/** What the log shows of an error: its kind, its place and its cause, and nothing that a library hung on it. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Retryable } from "../src/errors.js";
import { createLog } from "../src/log.js";

const SECRET = "canary";

/** The one line that is logged of an error, parsed. */
function logged(error: unknown, fields: object = {}) {
  const lines: string[] = [];
  createLog("trace", { write: (line) => void lines.push(line) }).error({ ...fields, err: error }, "failed");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]*\n$/);
  return { line: lines[0] ?? "", err: JSON.parse(lines[0] ?? "").err };
}

/** The error that `body` throws. */
function thrown(body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    return error;
  }
}

describe("an error in the log", () => {
  it("tells its kind, message, code, place and causes", () => {
    const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    const { err } = logged(new Retryable("GitHub answered 502", { cause: reset }));
    expect(err).toMatchObject({
      type: "Retryable",
      message: "GitHub answered 502",
      cause: { message: "read ECONNRESET", code: "ECONNRESET" },
    });
    expect(err.stack).toMatch(/^\s+at .*log\.test\.ts/);
  });

  it.each<[string, unknown]>([
    [
      "Octokit's",
      Object.assign(new Error(`Validation Failed: {"value":"${SECRET}"}`), {
        status: 422,
        request: { body: SECRET },
        response: { data: SECRET },
      }),
    ],
    [
      "the database's",
      Object.assign(new Error("duplicate key"), {
        code: "23505",
        detail: `Key (data)=(${SECRET})`,
        parameters: [SECRET],
      }),
    ],
    ["an address's", thrown(() => new URL(`postgres//user:${SECRET}@host`))],
    ["a parser's", thrown(() => JSON.parse(`{"title": ${SECRET}}`))],
    ["a schema's", thrown(() => z.strictObject({ a: z.enum(["x"]) }).parse({ a: SECRET, [`${SECRET} key`]: 1 }))],
    ["a schema's, of a record", thrown(() => z.record(z.string(), z.number()).parse({ [`${SECRET}/path.md`]: "x" }))],
    ["a thrown text", SECRET],
    ["a thrown object", { [SECRET]: SECRET }],
    ["one in another", new Error("failed", { cause: { [SECRET]: SECRET } })],
    ["several at once", new AggregateError([Object.assign(new Error("connect"), { [SECRET]: SECRET })], "all failed")],
    ["of many lines", Object.assign(new Error("failed"), { stack: `Error: ${SECRET}\n${SECRET}\n    at main.ts:1:1` })],
  ])("%s: without what it quotes", (_, error) => {
    const { line, err } = logged(error);
    expect(line).not.toContain(SECRET);
    expect(err.message).not.toBe("");
  });

  it("ends, however its causes go round", () => {
    const error = new Error("round");
    error.cause = error;
    expect(logged(error).err.cause.cause.cause.cause.cause.cause).toBeUndefined();
  });
});

it("a line is obeyed by no terminal", () => {
  const { line } = logged(new Error("\u001b[2J\u009b2J\u202e\u007f"), { detail: "\u009b2J\u2028" });
  expect(line.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
  expect(JSON.parse(line).detail).toBe("\u009b2J\u2028");
});
