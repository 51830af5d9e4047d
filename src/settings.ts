/**
 * The only reader of the environment. Everything is checked at once, so that an operator fixes all of it in one go; what
 * is wrong is said with the fix, and values that are secrets are never repeated.
 */
import { createPrivateKey } from "node:crypto";
import { z } from "zod";
import type { Environment } from "./environment.js";
import { CannotStart } from "./errors.js";
import { readSmallFile } from "./files.js";
import { type ChannelsSettings, readChannels } from "./people/settings.js";

export interface Settings {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly port: number;
  readonly host: string;
  readonly logLevel: string;
  /** `https://api.github.com`, or a GitHub Enterprise Server's `…/api/v3`. */
  readonly apiUrl: string;
  /** The site people see. */
  readonly web: string;
  readonly webhookProxyUrl: string | null;
  readonly databaseUrl: string | undefined;
  /** The most connections to PostgreSQL that this process opens. */
  readonly databasePool: number;
  readonly dataDir: string;
  readonly channels: ChannelsSettings;
  /** How much work runs at once; it mostly waits for GitHub. */
  readonly workers: number;
}

const optional = z.string().optional();

const oneOf = <Word extends string>(...words: [Word, ...Word[]]) => z.enum(words, `must be one of ${words.join(", ")}`);

/** A whole number between two bounds. */
const between = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a number from ${least} to ${most}`)
    .transform(Number)
    .refine((number) => number >= least && number <= most, `must be from ${least} to ${most}`);

const environment = z.object({
  APP_ID: optional,
  PRIVATE_KEY: optional,
  PRIVATE_KEY_PATH: optional,
  WEBHOOK_SECRET: optional,
  PORT: z
    .string()
    .regex(/^\d+$/, "must be a number")
    .transform(Number)
    .refine((port) => port <= 65535, "must be 65535 at most")
    .default(3000),
  HOST: optional,
  LOG_LEVEL: oneOf("trace", "debug", "info", "warn", "error", "fatal", "silent").default("info"),
  GHE_HOST: z
    .string()
    .regex(/^[\w.-]+(:\d+)?$/, "must be a host's name alone, like ghe.example.com")
    .optional(),
  GHE_PROTOCOL: oneOf("https", "http").default("https"),
  WEBHOOK_PROXY_URL: z
    .string()
    .regex(/^https?:\/\//, "must be the address of a smee.io channel, beginning with https://")
    .optional(),
  GH_ORG: z
    .string()
    .regex(/^[A-Za-z0-9][\w-]*$/, "must be an organisation's name alone")
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres://; leave it out for SQLite")
    .refine(URL.canParse, "is no address: what is no letter or digit in its password is written as %, like %23 for #")
    .superRefine((url, { addIssue }) => {
      for (const message of certificatesNotRead(url)) addIssue({ code: "custom", message });
    })
    .optional(),
  DATABASE_POOL: between(2, 100).default(10),
  DATA_DIR: z.string().min(1).default("./data"),
  WORKERS: between(1, 256).default(32),
});

/** The driver reads the files that an address names without asking what they are, and tells of none which it was. */
function certificatesNotRead(databaseUrl: string): string[] {
  if (!URL.canParse(databaseUrl)) return [];
  const { searchParams } = new URL(databaseUrl);
  return ["sslcert", "sslkey", "sslrootcert"].flatMap((name) => {
    const path = searchParams.get(name);
    const read = path ? readSmallFile(path, MAX_KEY_BYTES) : null;
    return read && read.kind !== "file"
      ? [`names ${path} as ${name}, which ${read.why}; name a file in PEM format`]
      : [];
  });
}

/** Whether no credential is set at all, as on the very first start. */
export function isUnconfigured(env: Environment): boolean {
  return !env.APP_ID && !env.PRIVATE_KEY && !env.PRIVATE_KEY_PATH && !env.WEBHOOK_SECRET;
}

/** What is known before there is an App: all but its credentials. */
export type SetupSettings = Pick<
  Settings,
  "port" | "apiUrl" | "web" | "webhookProxyUrl" | "databaseUrl" | "dataDir"
> & {
  /** The organisation that will own the App, where one is named. */
  readonly organisation: string;
};

/**
 * The settings that the setup page works with.
 * @throws CannotStart listing everything that is wrong, with the fix.
 */
export function readSetupSettings(env: Environment): SetupSettings {
  const { parsed, wrong } = parse(env);
  if (!parsed.success) throw incomplete(wrong);
  const { data } = parsed;
  return {
    port: data.PORT,
    ...sitesOf(data.GHE_HOST, data.GHE_PROTOCOL),
    webhookProxyUrl: data.WEBHOOK_PROXY_URL ?? null,
    databaseUrl: data.DATABASE_URL,
    dataDir: data.DATA_DIR,
    organisation: data.GH_ORG ?? "",
  };
}

const incomplete = (wrong: readonly string[]) =>
  new CannotStart("The settings are incomplete:", wrong.map((line) => `  - ${line}`).join("\n"));

function parse(env: Environment) {
  const trimmed = Object.entries(env).map(([name, value]) => [name, value?.trim()] as const);
  const present: Environment = Object.fromEntries(trimmed.filter(([, value]) => value));
  const parsed = environment.safeParse(present);
  const issues = parsed.success ? [] : parsed.error.issues;
  return { present, parsed, wrong: issues.map((issue) => `${issue.path.join(".")} ${issue.message}`) };
}

/**
 * The settings from environment variables (empty ones count as absent).
 * @throws CannotStart listing everything that is wrong, with the fix.
 */
export function readSettings(env: Environment): Settings {
  const { present, parsed, wrong } = parse(env);
  const get = (name: keyof z.input<typeof environment>) => present[name] ?? "";

  const appId = Number(get("APP_ID"));
  if (!get("APP_ID")) wrong.push("APP_ID is missing: copy it from the App's settings page, under General");
  else if (!Number.isSafeInteger(appId) || appId <= 0) wrong.push("APP_ID must be the App's number");
  const key = readKey(get("PRIVATE_KEY"), get("PRIVATE_KEY_PATH"));
  if ("wrong" in key) wrong.push(key.wrong);
  const webhookSecret = get("WEBHOOK_SECRET");
  if (!webhookSecret) {
    wrong.push(
      "WEBHOOK_SECRET is missing: without one anybody could send webhooks; set the same in the App's settings",
    );
  } else if (webhookSecret === "development") {
    wrong.push('WEBHOOK_SECRET must not be "development", which everybody knows; choose a random one');
  }
  const people = readChannels(present);
  wrong.push(...people.wrong);
  if (wrong.length > 0 || !parsed.success || "wrong" in key) {
    throw incomplete(wrong);
  }
  const { data } = parsed;
  return {
    appId,
    privateKey: key.pem,
    webhookSecret,
    port: data.PORT,
    host: data.HOST ?? "localhost",
    logLevel: data.LOG_LEVEL,
    ...sitesOf(data.GHE_HOST, data.GHE_PROTOCOL),
    webhookProxyUrl: data.WEBHOOK_PROXY_URL ?? null,
    databaseUrl: data.DATABASE_URL,
    databasePool: data.DATABASE_POOL,
    dataDir: data.DATA_DIR,
    channels: people.channels,
    workers: data.WORKERS,
  };
}

/**
 * Where GitHub is. An Enterprise Server has its API below its own name; an enterprise on GHE.com (data residency) has it at `api.`
 * before its name, as github.com does.
 * https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency/network-details-for-ghecom
 */
function sitesOf(host: string | undefined, protocol: "http" | "https"): Pick<Settings, "apiUrl" | "web"> {
  const name = host?.toLowerCase().replace(/^api\.(?=.+\.ghe\.com$|github\.com$)/, "");
  if (!name || name === "github.com") return { apiUrl: "https://api.github.com", web: "https://github.com" };
  if (name.endsWith(".ghe.com")) return { apiUrl: `https://api.${name}`, web: `https://${name}` };
  return { apiUrl: `${protocol}://${name}/api/v3`, web: `${protocol}://${name}` };
}

/** A key takes two kilobytes, the authorities of a company some hundred. */
const MAX_KEY_BYTES = 1024 * 1024;

/** The key as PEM: given whole (also with \n written out, or in base64), or as a file's path. */
function readKey(text: string, path: string): { pem: string } | { wrong: string } {
  if (!text && !path) {
    return { wrong: "PRIVATE_KEY or PRIVATE_KEY_PATH is missing: generate a key on the App's settings page" };
  }
  if (!text && path.includes("-----BEGIN")) {
    return { wrong: "PRIVATE_KEY_PATH holds the key itself: put it into PRIVATE_KEY, or name a file" };
  }
  const read = text ? null : readSmallFile(path, MAX_KEY_BYTES);
  if (read && read.kind !== "file") return { wrong: `PRIVATE_KEY_PATH: ${path} ${read.why}; name the key's file` };
  const pem = read
    ? Buffer.from(read.bytes)
        .toString("utf8")
        .replace(/^\ufeff/, "")
    : pemOf(text);
  const name = text ? "PRIVATE_KEY" : "PRIVATE_KEY_PATH";
  switch (kindOfKey(pem)) {
    case "rsa":
      return { pem };
    case "other":
      return { wrong: `${name} is not a key of GitHub's, which are RSA: generate one on the App's settings page` };
    case "none":
      return { wrong: `${name} is not a private key in PEM format; paste the whole file` };
  }
}

/** A key as PEM that was given with its line ends written out as `\\n`, or in base64. */
export function pemOf(text: string): string {
  const pem = text.replace(/(\\r)?\\n/g, "\n");
  return pem.includes("-----BEGIN") ? pem : Buffer.from(text, "base64").toString("utf8");
}

/** Whether a text is a private key as GitHub makes them (RSA), one of another kind, or none that can be read. */
export function kindOfKey(pem: string): "rsa" | "other" | "none" {
  try {
    return createPrivateKey(pem).asymmetricKeyType === "rsa" ? "rsa" : "other";
  } catch {
    return "none";
  }
}
