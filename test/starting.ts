/** Starts the real service as an ordinary user and learns how it ends: `const { good, refusal, starts } = starting();` in a test file. */
import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";

export const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));
export const SECRET = "tr0ub4dor-and-3";
export const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
/** Nobody, for what root may do all the same. */
export const NOBODY = 65_534;
export const isRoot = process.getuid?.() === 0;

export type Env = Record<string, string>;
/** Complete, so that each test has one thing wrong; GitHub is a port where nobody listens. */
export const credentials = (): Env => ({ APP_ID: "42", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: SECRET });
export const elsewhere = (): Env => ({ GHE_HOST: "127.0.0.1:9", GHE_PROTOCOL: "http", HOST: "127.0.0.1", PORT: "0" });
interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** A way of not starting: what it says, and what to do about it. */
export interface Way {
  readonly name: string;
  readonly env: () => Env | Promise<Env>;
  readonly says: RegExp;
  readonly fix: RegExp;
}

/** To be called at the top of a test file: each of its tests gets a folder of its own. */
export function starting() {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "follow-through-start-"));
    if (isRoot) chownSync(folder, NOBODY, NOBODY);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const good = (): Env => ({ ...credentials(), ...elsewhere(), DATA_DIR: join(folder, "data") });

  /** Runs the service in `folder` as an ordinary user until it ends, or until it listens and is stopped. */
  function start(env: Env): Promise<Ended & { readonly listened: boolean }> {
    const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
    const child = spawn(process.execPath, [MAIN], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...env },
      // A start that never ends is none.
      timeout: 60_000,
      killSignal: "SIGKILL",
      ...identity,
    });
    let said = "";
    let listened = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (!listened && said.includes('"msg":"listening"')) {
          listened = true;
          child.kill("SIGTERM");
        }
      });
    }
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, said, listened }));
    });
  }

  /** What it says where it does not start: few lines, no stack, no secret. */
  async function refusal(env: Env): Promise<string> {
    const { code, said } = await start(env);
    expect(code, said).toBe(2);
    expect(said).not.toMatch(/^ +at |node:internal|Error:/m);
    expect(said).not.toContain(SECRET);
    expect(said).not.toContain(privateKey.slice(100, 140));
    expect(said.trim().split("\n").length, said).toBeLessThanOrEqual(4);
    return said;
  }

  const starts = async (env: Env) => {
    const { listened, code, said } = await start(env);
    expect(listened, said).toBe(true);
    expect(code).toBe(0);
    return said;
  };

  const refuses = ({ name, env, says, fix }: Way) =>
    it(name, async () => {
      const said = await refusal(await env());
      expect(said).toMatch(says);
      expect(said).toMatch(fix);
    });

  const file = (name: string, text: string | Uint8Array) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  return { folder: () => folder, good, start, refusal, starts, refuses, file };
}
