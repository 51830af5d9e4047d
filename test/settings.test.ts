import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CannotStart } from "../src/errors.js";
import { isUnconfigured, readSettings } from "../src/settings.js";
import { temporaryFolder } from "./support/folder.js";

const folder = temporaryFolder();

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const GOOD = { APP_ID: "42", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: "hunter2-hunter2" };

const problems = (env: Record<string, string | undefined>): string => {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof CannotStart) return error.fix;
    throw error;
  }
  return "";
};

describe("settings", () => {
  it("have a default for all but the credentials", () => {
    expect(readSettings(GOOD)).toEqual({
      appId: 42,
      privateKey: privateKey.trim(),
      webhookSecret: "hunter2-hunter2",
      port: 3000,
      host: "localhost",
      logLevel: "info",
      apiUrl: "https://api.github.com",
      web: "https://github.com",
      webhookProxyUrl: null,
      databaseUrl: undefined,
      databasePool: 10,
      channels: new Map(),
      dataDir: "./data",
      workers: 32,
    });
  });

  it("lead to a GitHub Enterprise Server", () => {
    expect(readSettings({ ...GOOD, GHE_HOST: "ghe.example.com" })).toMatchObject({
      apiUrl: "https://ghe.example.com/api/v3",
      web: "https://ghe.example.com",
    });
    expect(readSettings({ ...GOOD, GHE_HOST: "127.0.0.1:4000", GHE_PROTOCOL: "http" }).web).toBe(
      "http://127.0.0.1:4000",
    );
  });

  it.each([
    ["acme.ghe.com", "https://api.acme.ghe.com", "https://acme.ghe.com"],
    ["ACME.ghe.com", "https://api.acme.ghe.com", "https://acme.ghe.com"],
    ["api.acme.ghe.com", "https://api.acme.ghe.com", "https://acme.ghe.com"],
    ["github.com", "https://api.github.com", "https://github.com"],
    ["api.github.com", "https://api.github.com", "https://github.com"],
    ["github.acme.com", "https://github.acme.com/api/v3", "https://github.acme.com"],
    ["api.acme.com", "https://api.acme.com/api/v3", "https://api.acme.com"],
    ["acme-ghe.com", "https://acme-ghe.com/api/v3", "https://acme-ghe.com"],
  ])("lead to GitHub as GHE_HOST names it: %s", (GHE_HOST, apiUrl, web) => {
    expect(readSettings({ ...GOOD, GHE_HOST })).toMatchObject({ apiUrl, web });
  });

  it("that are empty or blank count as absent", () => {
    const blank = {
      PORT: " ",
      HOST: "",
      LOG_LEVEL: "",
      GHE_HOST: " ",
      GHE_PROTOCOL: "",
      DATABASE_URL: "",
      DATABASE_POOL: "",
      WORKERS: " ",
      DATA_DIR: " ",
      PRIVATE_KEY_PATH: "",
    };
    expect(readSettings({ ...GOOD, ...blank })).toEqual(readSettings(GOOD));
    expect(problems({ ...GOOD, WEBHOOK_SECRET: "  " })).toMatch(/WEBHOOK_SECRET is missing/);
  });

  it("may stand among blanks, as files leave them", () => {
    const padded = {
      APP_ID: " 42 ",
      PRIVATE_KEY: `\n${privateKey}\n`,
      WEBHOOK_SECRET: "hunter2-hunter2\n",
      PORT: "8080 ",
    };
    expect(readSettings(padded)).toMatchObject({ appId: 42, port: 8080, webhookSecret: "hunter2-hunter2" });
    expect(readSettings({ ...GOOD, DATABASE_URL: " postgres://db/x " }).databaseUrl).toBe("postgres://db/x");
  });
});

const keyFile = (text: string) => {
  const path = join(folder(), "key.pem");
  writeFileSync(path, text);
  return { PRIVATE_KEY_PATH: path };
};

describe("the private key", () => {
  const { PRIVATE_KEY: _, ...rest } = GOOD;
  it.each([
    ["as it is", () => ({ PRIVATE_KEY: privateKey })],
    ["with its line ends written out", () => ({ PRIVATE_KEY: privateKey.replaceAll("\n", "\\n") })],
    ["in base64", () => ({ PRIVATE_KEY: Buffer.from(privateKey).toString("base64") })],
    ["with Windows' line ends written out", () => ({ PRIVATE_KEY: privateKey.replaceAll("\n", "\\r\\n") })],
    [
      "in base64 over many lines",
      () => ({ PRIVATE_KEY: Buffer.from(privateKey).toString("base64").replace(/.{76}/g, "$&\n") }),
    ],
    ["as a file", () => keyFile(privateKey)],
    ["as a file with a byte order mark", () => keyFile(`\ufeff${privateKey}`)],
  ])("is read %s", (__, key) => {
    expect(readSettings({ ...rest, ...key() }).privateKey.trim()).toBe(privateKey.trim());
  });

  it.each([
    ["missing", {}, /PRIVATE_KEY or PRIVATE_KEY_PATH is missing: generate a key/],
    ["of rubbish", { PRIVATE_KEY: "rubbish" }, /PRIVATE_KEY is not a private key in PEM format; paste the whole file/],
    ["cut off", { PRIVATE_KEY: privateKey.slice(0, 400) }, /PRIVATE_KEY is not a private key/],
    ["the public one", { PRIVATE_KEY: publicKey }, /PRIVATE_KEY is not a private key/],
    [
      "in a file that is not there",
      { PRIVATE_KEY_PATH: "/no/such.pem" },
      /PRIVATE_KEY_PATH: \/no\/such\.pem does not exist/,
    ],
    ["pasted where its path belongs", { PRIVATE_KEY_PATH: privateKey }, /PRIVATE_KEY_PATH holds the key itself/],
  ])("%s is told with the fix", (__, key, said) => {
    expect(problems({ ...rest, ...key })).toMatch(said);
  });
});

describe("a wrong setting", () => {
  it.each([
    [{ APP_ID: "" }, "APP_ID is missing: copy it from the App's settings page, under General"],
    [{ APP_ID: "my-app" }, "APP_ID must be the App's number"],
    [{ APP_ID: "-1" }, "APP_ID must be the App's number"],
    [{ APP_ID: "1.5" }, "APP_ID must be the App's number"],
    [{ WEBHOOK_SECRET: "" }, "WEBHOOK_SECRET is missing: without one anybody could send webhooks"],
    [{ WEBHOOK_SECRET: "development" }, 'WEBHOOK_SECRET must not be "development", which everybody knows'],
    [{ PORT: "http" }, "PORT must be a number"],
    [{ PORT: "-1" }, "PORT must be a number"],
    [{ PORT: "70000" }, "PORT must be 65535 at most"],
    [{ WORKERS: "many" }, "WORKERS must be a number from 1 to 256"],
    [{ WORKERS: "0" }, "WORKERS must be from 1 to 256"],
    [{ DATABASE_POOL: "1" }, "DATABASE_POOL must be from 2 to 100"],
    [{ DATABASE_POOL: "101" }, "DATABASE_POOL must be from 2 to 100"],
    [{ LOG_LEVEL: "verbose" }, "LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent"],
    [{ GHE_HOST: "https://ghe.example.com/" }, "GHE_HOST must be a host's name alone, like ghe.example.com"],
    [{ GHE_PROTOCOL: "ftp" }, "GHE_PROTOCOL must be one of https, http"],
    [{ WEBHOOK_PROXY_URL: "smee" }, "WEBHOOK_PROXY_URL must be the address of a smee.io channel"],
    [{ DATABASE_URL: "mysql://db/x" }, "DATABASE_URL must begin with postgres://; leave it out for SQLite"],
  ])("%o is told with the fix", (part, said) => {
    const told = problems({ ...GOOD, ...part });
    expect(told).toContain(`  - ${said}`);
    expect(told.split("\n")).toHaveLength(1);
  });

  it("is told together with every other one", () => {
    expect(problems({ PORT: "x", LOG_LEVEL: "y" }).split("\n")).toHaveLength(5);
  });

  it("never repeats a secret", () => {
    const secret = "tr0ub4dor";
    const told = problems({
      APP_ID: secret,
      PRIVATE_KEY: `${secret}-----BEGIN`,
      WEBHOOK_SECRET: "development",
      DATABASE_URL: `mysql://root:${secret}@db/x`,
      GHE_HOST: `https://user:${secret}@ghe`,
      WEBHOOK_PROXY_URL: secret,
    });
    expect(told).not.toContain(secret);
    expect(problems({ ...GOOD, PRIVATE_KEY: "", PRIVATE_KEY_PATH: privateKey })).not.toContain(
      privateKey.slice(40, 60),
    );
  });
});

it("nothing at all is set on the very first start only", () => {
  expect(isUnconfigured({ PORT: "3000" })).toBe(true);
  for (const name of ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET"])
    expect(isUnconfigured({ [name]: "x" })).toBe(false);
});
