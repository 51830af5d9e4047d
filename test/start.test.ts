/**
 * Ways of not starting: the real process ends with exit code 2, says what is wrong and what to do, in a few lines, and gives
 * neither a stack nor a secret away. All others are in `start.long.test.ts`.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { credentials, elsewhere, isRoot, MAIN, NOBODY, privateKey, SECRET, starting, type Way } from "./starting.js";
import { freePort } from "./support/cluster.js";
import { itAtLength, someOf } from "./support/long.js";

const { folder, good, refusal, starts, refuses, file } = starting();

describe("does not start with", () => {
  const ways: readonly Way[] = [
    {
      name: "credentials missing in production",
      env: () => ({ ...elsewhere(), NODE_ENV: "production" }),
      says: /APP_ID is missing/,
      fix: /copy it from the App's settings page/,
    },
    {
      name: ".env that is a folder, as Docker makes one",
      env: () => {
        mkdirSync(join(folder(), ".env"));
        return good();
      },
      says: /\.env is a folder/,
      fix: /--env-file/,
    },
    {
      name: "DATA_DIR that is a file",
      env: () => ({ ...good(), DATA_DIR: file("data", "") }),
      says: /DATA_DIR .* is not a folder/,
      fix: /Name a folder/,
    },
    {
      name: "a PostgreSQL that does not listen",
      env: async () => ({ ...good(), DATABASE_URL: `postgres://app:${SECRET}@127.0.0.1:${await freePort()}/db` }),
      says: /No PostgreSQL listens at 127\.0\.0\.1:\d+/,
      fix: /Start it, or correct host and port/,
    },
  ];
  for (const way of someOf(ways, 2)) refuses(way);

  itAtLength("DATA_DIR of a service that runs", async () => {
    const env = good();
    const first = spawn(process.execPath, [MAIN], {
      cwd: folder(),
      env: { PATH: process.env.PATH, ...env },
      ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    });
    try {
      await new Promise<void>((resolve) =>
        first.stdout.on("data", (chunk) => String(chunk).includes("listening") && resolve()),
      );
      expect(await refusal(env)).toMatch(/Another Follow-Through service is running on DATA_DIR.*\nStop it first/);
    } finally {
      first.kill("SIGKILL");
    }
  });
});

describe("starts with", () => {
  it("its credentials in .env", async () => {
    const key = `"${privateKey.trim().replaceAll("\n", "\\n")}"`;
    const lines = Object.entries({ ...credentials(), PRIVATE_KEY: key }).map(([name, value]) => `${name}=${value}\n`);
    file(".env", lines.join(""));
    await starts({ ...elsewhere(), DATA_DIR: join(folder(), "data"), NODE_ENV: "production" });
  });

  itAtLength("no credentials at all: it shows the setup page's link, once, and makes no database", async () => {
    const child = spawn(process.execPath, [MAIN], {
      cwd: folder(),
      env: { PATH: process.env.PATH, ...elsewhere(), DATA_DIR: join(folder(), "data") },
    });
    try {
      let said = "";
      await new Promise<void>((resolve) => {
        child.stdout.on("data", (chunk) => {
          said += String(chunk);
          if (said.includes("Ctrl+C")) resolve();
        });
      });
      expect(said.match(/http:\/\/127\.0\.0\.1:\d+\/setup\?token=[\w-]{43}\n/g)).toHaveLength(1);
      expect(readdirSync(folder())).toEqual([]);
    } finally {
      child.kill("SIGKILL");
    }
  });
});
