/** A fault that nobody foresaw, in the real process: one line, an exit code, and no secret in it. */
import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { lastWords } from "../src/last-words.js";
import { temporaryFolder } from "./support/folder.js";
import { sampled } from "./support/long.js";

const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const SECRET = "tr0ub4dor-and-3";
const folder = temporaryFolder();
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

const BOOM = 'new TypeError("it broke\\nwith " + process.env.WEBHOOK_SECRET + " and " + process.env.PRIVATE_KEY)';
/** What is done to the process before it starts. */
const FAULTS = {
  "while it starts": `import http from "node:http"; http.Server.prototype.listen = () => { throw ${BOOM}; };`,
  "later, thrown": `import http from "node:http"; http.Server.prototype.listen = () => setTimeout(() => { throw ${BOOM}; });`,
  "later, in a promise": `import http from "node:http"; http.Server.prototype.listen = () => void Promise.reject(${BOOM});`,
};

function run(args: readonly string[], fault: string, env: Record<string, string> = {}) {
  const cwd = folder();
  const child = spawn(process.execPath, [`--import=data:text/javascript,${encodeURIComponent(fault)}`, ...args], {
    cwd,
    env: {
      PATH: process.env.PATH,
      APP_ID: "42",
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: SECRET,
      GHE_HOST: "127.0.0.1:9",
      GHE_PROTOCOL: "http",
      PORT: "0",
      LOG_LEVEL: "error",
      ...env,
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
  return new Promise<{ code: number | null; said: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, said })),
  );
}

sampled(describe, 1).each([
  ["the service", [MAIN]],
  ["follow-through start", [CLI, "start"]],
])("a fault in %s", (_, args) => {
  sampled(it, 2).each(Object.entries(FAULTS))("%s is told in one line", async (when, fault) => {
    const { code, said } = await run(args, fault);
    expect(said).toMatch(
      /^A fault of Follow-Through's own: TypeError: it broke with … and .*\. Start again; where it happens again, report it with what LOG_LEVEL=debug shows\.\n$/,
    );
    expect(code).toBe(when === "while it starts" ? 2 : 1);
    expect(said).not.toContain(SECRET);
    for (const line of privateKey.split("\n").filter((one) => one !== ""))
      expect(said).not.toContain(line.slice(0, 10));
  });
});

it("shows where it was thrown at LOG_LEVEL=debug, and no secret either", async () => {
  const { said } = await run([MAIN], FAULTS["while it starts"], { LOG_LEVEL: "debug" });
  expect(said).toMatch(
    /^A fault of Follow-Through's own: TypeError: .* Please report it with the lines below\.\n +at /m,
  );
  expect(said).not.toContain(SECRET);
  expect(said).not.toContain(privateKey.slice(100, 140));
});

describe("what is told of an error", () => {
  it.each([
    [
      "a password in an address",
      { DATABASE_URL: "postgres://app:hunter%2F2x@db/x" },
      "no hunter/2x or hunter%2F2x",
      "no … or ….",
    ],
    ["a channel", { WEBHOOK_PROXY_URL: "https://smee.io/abcdef" }, "at https://smee.io/abcdef now", "at … now."],
    ["one line of a key", { PRIVATE_KEY: "-----BEGIN\nMIIEabc\n" }, "in MIIEabc here", "in … here."],
  ])("holds no secret: %s", (_, env, message, told) => {
    expect(lastWords(new Error(message), env)[0]).toContain(`own: ${told}`);
  });

  it("is something for whatever was thrown", () => {
    expect(lastWords("text", {})).toEqual([expect.stringContaining("A string was thrown.")]);
    expect(lastWords(undefined, { LOG_LEVEL: "debug" })).toHaveLength(1);
  });
});
