/** Writing credentials into `.env`: what stands there stays, and what is written reads the same again. */
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeEnvFile } from "../src/env-file.js";
import { CannotStart } from "../src/errors.js";
import { temporaryFolder } from "./support/folder.js";

const folder = temporaryFolder();
const PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIE+/=\n-----END RSA PRIVATE KEY-----\n";
const GIVEN = { APP_ID: "42", PRIVATE_KEY: PEM, WEBHOOK_SECRET: "hunter2" };
const LINES = `APP_ID=42\nPRIVATE_KEY="${PEM.replaceAll("\n", "\\n")}"\nWEBHOOK_SECRET=hunter2\n`;

/** What stands in the file after writing into one that held `before`; null: into none. */
function written(before: string | Uint8Array | null, variables: Record<string, string> = GIVEN): string {
  const path = join(folder(), ".env");
  if (before !== null) writeFileSync(path, before, { mode: 0o644 });
  writeEnvFile(path, variables);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  return readFileSync(path, "utf8");
}

describe("what is written", () => {
  it.each([
    ["no file", null, LINES],
    ["an empty file", "", LINES],
    ["other lines", "# mine\nPORT=3001 # the port\n", `# mine\nPORT=3001 # the port\n${LINES}`],
    ["a last line without its end", "PORT=3001", `PORT=3001\n${LINES}`],
    [
      "lines that are empty values",
      "APP_ID=\nA=1\nWEBHOOK_SECRET=''\n",
      `APP_ID=42\nA=1\nWEBHOOK_SECRET=hunter2\n${LINES.split("\n")[1]}\n`,
    ],
    ["Windows' line ends", "PORT=3001\r\n", `PORT=3001\r\n${LINES.replaceAll("\n", "\r\n")}`],
    ["an export", "export APP_ID=\n", LINES],
    [
      "a value whose line looks like a variable",
      'NOTE="first\nAPP_ID=\nlast"\n',
      `NOTE="first\nAPP_ID=\nlast"\n${LINES}`,
    ],
  ])("into %s", (_, before, after) => {
    expect(written(before)).toBe(after);
  });

  it("is in UTF-8, whatever it was before", () => {
    expect(written(Buffer.from("\ufeffNAME=Zoë\n", "utf16le"))).toBe(`NAME=Zoë\n${LINES}`);
  });

  it("reads the same again, for any secret, or is refused", () => {
    const secret = fc.string({ unit: fc.constantFrom(..."ab \"'`#$\\=n{}\n"), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(secret, (value) => {
        try {
          const text = written("PORT=3001\n", { ...GIVEN, WEBHOOK_SECRET: value });
          expect(parseEnv(text)).toEqual({ PORT: "3001", ...GIVEN, WEBHOOK_SECRET: value });
        } catch (error) {
          expect(error).toBeInstanceOf(CannotStart);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("goes where a link leads, which stays a link", () => {
    const [one, other] = [folder(), folder()];
    writeFileSync(join(other, "real.env"), "PORT=3001\n");
    symlinkSync(join(other, "real.env"), join(one, ".env"));
    writeEnvFile(join(one, ".env"), GIVEN);
    expect(readFileSync(join(other, "real.env"), "utf8")).toBe(`PORT=3001\n${LINES}`);
    expect(readdirSync(one)).toEqual([".env"]);
    expect(readdirSync(other)).toEqual(["real.env"]);
  });
});

describe("credentials that stand there", () => {
  it.each(["APP_ID=1", "PRIVATE_KEY=x", "PRIVATE_KEY_PATH=/key.pem", "WEBHOOK_SECRET=x", "export APP_ID='1'"])(
    "as %s are not written over",
    (line) => {
      const path = join(folder(), ".env");
      writeFileSync(path, `${line}\n`);
      expect(() => writeEnvFile(path, GIVEN)).toThrow(CannotStart);
      expect(readFileSync(path, "utf8")).toBe(`${line}\n`);
    },
  );
});

it("leaves nothing behind where it cannot be done", () => {
  const missing = join(folder(), "no-such-folder", ".env");
  expect(() => writeEnvFile(missing, GIVEN)).toThrow(/cannot be written \(ENOENT\)/);
  expect(existsSync(missing)).toBe(false);
});
