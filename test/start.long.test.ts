import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { chmodSync, chownSync, mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../src/store/open.js";
import { credentials, elsewhere, isRoot, NOBODY, privateKey, SECRET, starting, type Way } from "./starting.js";
import { type Cluster, hasPostgresBinaries, startCluster } from "./support/cluster.js";
import { hasPgBouncer, startPooled } from "./support/pgbouncer.js";
import { maySmallDisk, smallDisk } from "./support/small-disk.js";
import "./start.test.js";

const { folder, good, start, refusal, starts, refuses, file } = starting();

/** What is no ordinary file, and how it is called. Each is made for the user the service runs as. */
const NO_FILES: readonly (readonly [what: string, make: (path: string) => void, why: string])[] = [
  ["a folder", (path) => mkdirSync(path), "is a folder"],
  ["a pipe that nobody writes to", (path) => execFileSync("sh", ["-c", `mkfifo -m 666 "$0"`, path]), "is a pipe"],
  ["a link to a device without end", (path) => symlinkSync("/dev/zero", path), "is a device"],
  ["a link to an empty device", (path) => symlinkSync("/dev/null", path), "is a device"],
  ["a link to itself", (path) => symlinkSync(path, path), "is a link that leads back to itself"],
  ["a link below a file", (path) => symlinkSync("/dev/null/key", path), "does not exist"],
  [
    "a file without end, or nearly",
    (path) => {
      writeFileSync(path, "");
      truncateSync(path, 20 * 1024 ** 3);
    },
    "is larger than",
  ],
  ["a file nobody may read", (path) => writeFileSync(path, "", { mode: 0o000 }), "may not be read"],
];
const ifLinux = <T>(ways: readonly T[]): readonly T[] => (process.platform === "linux" ? ways : []);

describe("the settings", () => {
  const ways: readonly Way[] = [
    {
      name: "a private key that is none",
      env: () => ({ ...good(), PRIVATE_KEY: SECRET }),
      says: /PRIVATE_KEY is not a private key/,
      fix: /paste the whole file/,
    },
    {
      name: "a key of another kind",
      env: () => ({ ...good(), PRIVATE_KEY: ed25519() }),
      says: /PRIVATE_KEY is not a key of GitHub's/,
      fix: /generate one on the App's settings page/,
    },
    {
      name: "a database address with a password that breaks it",
      env: () => ({ ...good(), DATABASE_URL: `postgres://app:${SECRET}#/x@127.0.0.1/db` }),
      says: /DATABASE_URL is no address/,
      fix: /%23 for #/,
    },
    {
      name: "a key's path that leads nowhere",
      env: () => keyAt("/proc/no-such-file"),
      says: /PRIVATE_KEY_PATH: \/proc\/no-such-file does not exist/,
      fix: /name the key's file/,
    },
    ...NO_FILES.map(
      ([what, make, why]): Way => ({
        name: `a key's path to ${what}`,
        env: () => {
          make(join(folder(), "key.pem"));
          return keyAt(join(folder(), "key.pem"));
        },
        says: new RegExp(`PRIVATE_KEY_PATH: .*key\\.pem ${why}`),
        fix: /name the key's file/,
      }),
    ),
    ...NO_FILES.map(
      ([what, make, why]): Way => ({
        name: `a database address with a certificate that is ${what}`,
        env: () => {
          make(join(folder(), "ca.pem"));
          return { ...good(), DATABASE_URL: `postgres://app:${SECRET}@127.0.0.1/db?sslrootcert=${folder()}/ca.pem` };
        },
        says: new RegExp(`DATABASE_URL names .*ca\\.pem as sslrootcert, which ${why}`),
        fix: /name a file in PEM format/,
      }),
    ),
  ];
  for (const way of ways) refuses(way);
});

function keyAt(path: string) {
  const { PRIVATE_KEY: _, ...rest } = good();
  return { ...rest, PRIVATE_KEY_PATH: path };
}

const ed25519 = () =>
  generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;

describe("the file .env", () => {
  const ways: readonly Way[] = [
    {
      name: "cannot be read",
      env: () => {
        chmodSync(file(".env", `WEBHOOK_SECRET=${SECRET}\n`), 0o000);
        return good();
      },
      says: /\.env cannot be read by the user the service runs as/,
      fix: /belong to that user/,
    },
    {
      name: "is no text",
      env: () => {
        file(".env", Buffer.from([0x41, 0x3d, 0xc3, 0x28, 0xa0, 0xff]));
        return good();
      },
      says: /\.env is no text/,
      fix: /UTF-8/,
    },
    ...NO_FILES.filter(([, , why]) => !/folder|may not be read/.test(why)).map(
      ([what, make, why]): Way => ({
        name: `is ${what}`,
        env: () => {
          make(join(folder(), ".env"));
          return good();
        },
        says: new RegExp(`^\\.env ${why}`),
        fix: /Put an ordinary file there/,
      }),
    ),
  ];
  for (const way of ways) refuses(way);

  const line = (name: string, value: string) => `${name}=${value}\n`;
  const text = () =>
    Object.entries({ ...credentials(), PRIVATE_KEY: `"${privateKey.trim().replaceAll("\n", "\\n")}"` })
      .map(([name, value]) => line(name, value))
      .join("");
  const rest = () => ({ ...elsewhere(), DATA_DIR: join(folder(), "data"), NODE_ENV: "production" });

  it.each([
    ["with a byte order mark", (content: string) => `\ufeff${content}`],
    ["with Windows' line ends", (content: string) => content.replaceAll("\n", "\r\n")],
    ["with export before each", (content: string) => content.replace(/^/gm, "export ").replace(/export $/, "")],
    ["in UTF-16, as PowerShell writes it", (content: string) => Buffer.from(`\ufeff${content}`, "utf16le")],
    [
      "with the key as it is, over many lines",
      () => `APP_ID=42\nPRIVATE_KEY="${privateKey}"\nWEBHOOK_SECRET='${SECRET}'\n`,
    ],
  ])("%s, is read", async (_, write) => {
    file(".env", write(text()));
    await starts(rest());
  });

  it("is beneath the environment", async () => {
    file(".env", "APP_ID=wrong\n");
    await starts({ ...good(), NODE_ENV: "production" });
  });
});

describe("values as `docker run --env-file` passes them", () => {
  it("with their quotes, are read", async () => {
    const quoted = Object.fromEntries(Object.entries(good()).map(([name, value]) => [name, `"${value}"`]));
    await starts({ ...quoted, PRIVATE_KEY: `"${privateKey.trim().replaceAll("\n", "\\n")}"`, APP_ID: "'42'" });
  });
});

describe("the first start, without credentials", () => {
  const nothing = () => ({ ...elsewhere(), DATA_DIR: join(folder(), "data") });

  const standing = async (...ids: number[]) => {
    const store = await openStore({ dataDir: join(folder(), "data") });
    for (const id of ids) {
      await store.saveInstallation({ id, account: "acme", suspended: false, removedAt: null });
    }
    await store.close();
    if (isRoot)
      for (const name of ["data", ...readdirSync(join(folder(), "data")).map((one) => join("data", one))])
        chownSync(join(folder(), name), NOBODY, NOBODY);
  };
  const ways: readonly Way[] = [
    {
      name: "where a database of an installed App stands",
      env: async () => {
        await standing(1);
        return nothing();
      },
      says: /The database in DATA_DIR .* belongs to an App that is installed, and no credentials are set: APP_ID/,
      fix: /Set them again, in the environment or in \.env/,
    },
    {
      name: "where a damaged database was set aside",
      env: async () => {
        await standing();
        file(join("data", "follow-through.db.damaged-2025-03-03T09-00-00.000Z"), "");
        return nothing();
      },
      says: /belongs to an App that is installed/,
      fix: /Set them again/,
    },
    {
      name: "where .env may not be written",
      env: () => {
        chmodSync(folder(), 0o555);
        return nothing();
      },
      says: /^\.env in .* cannot be written \(EACCES\)/,
      fix: /Start in a folder that belongs to you/,
    },
    {
      name: "where empty variables hide the credentials in .env",
      env: () => {
        file(".env", `APP_ID=42\nPRIVATE_KEY="${privateKey.trim()}"\nWEBHOOK_SECRET=${SECRET}\n`);
        return { ...nothing(), APP_ID: "", PRIVATE_KEY: "", PRIVATE_KEY_PATH: "", WEBHOOK_SECRET: "" };
      },
      says: /\.env holds credentials already \(APP_ID, PRIVATE_KEY, WEBHOOK_SECRET\)/,
      fix: /no empty variable of that name in the environment hides them/,
    },
    {
      name: "with another setting that is wrong",
      env: () => ({ ...nothing(), GH_ORG: "https://github.com/acme" }),
      says: /GH_ORG must be an organisation's name alone/,
      fix: /GH_ORG/,
    },
  ];
  for (const way of ways) refuses(way);
});

describe("the port", () => {
  let taken: Server;
  let port: number;
  beforeAll(async () => {
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const address = taken.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
  });
  afterAll(() => taken.close());

  const ways: readonly Way[] = [
    {
      name: "is taken",
      env: () => ({ ...good(), PORT: String(port) }),
      says: /Port \d+ of 127\.0\.0\.1 is taken by another program/,
      fix: /set PORT to another/,
    },
    {
      name: "is taken where the setup page should be",
      env: () => ({ ...elsewhere(), PORT: String(port) }),
      says: /Port \d+ of 127\.0\.0\.1 is taken by another program/,
      fix: /set PORT to another/,
    },
    {
      name: "is at an address of another machine",
      env: () => ({ ...good(), HOST: "192.0.2.1" }),
      says: /HOST 192\.0\.2\.1 is no address of this machine/,
      fix: /0\.0\.0\.0 for all addresses/,
    },
    {
      name: "is at a name nobody knows",
      env: () => ({ ...good(), HOST: "no-such-host.invalid" }),
      says: /HOST no-such-host\.invalid is not known here/,
      fix: /Set HOST to localhost/,
    },
  ];
  for (const way of ways) refuses(way);

  it("is for the privileged only", async () => {
    const { listened, code, said } = await start({ ...good(), PORT: "81" });
    // Where any user may listen there, as in many containers, there is nothing to refuse.
    if (listened) return;
    expect([code, said]).toEqual([2, expect.stringMatching(/Port 81 is open to privileged.*\n.*above 1023/)]);
  });
});

describe("DATA_DIR", () => {
  const ways: readonly Way[] = [
    {
      name: "lies below a file",
      env: () => ({ ...good(), DATA_DIR: join(file("data", ""), "below") }),
      says: /DATA_DIR .* is not a folder/,
      fix: /Name a folder/,
    },
    {
      name: "lies below a device",
      env: () => ({ ...good(), DATA_DIR: "/dev/null/data" }),
      says: /DATA_DIR .* is not a folder/,
      fix: /Name a folder/,
    },
    ...ifLinux([
      ...["/proc/no-such-folder", "/proc/self/fd/999/data"].map(
        (path): Way => ({
          name: `lies where no folders can be made, ${path}`,
          env: () => ({ ...good(), DATA_DIR: path }),
          says: /DATA_DIR .* cannot be made/,
          fix: /Set DATA_DIR to a folder on a disk/,
        }),
      ),
      {
        name: "is a folder of the system's own",
        env: () => ({ ...good(), DATA_DIR: "/proc" }),
        says: /DATA_DIR .* cannot be written/,
        fix: /set DATA_DIR to one that does/,
      },
    ]),
    ...NO_FILES.filter(([what]) => what !== "a folder").map(
      ([what, make]): Way => ({
        name: `is ${what}`,
        env: () => {
          make(join(folder(), "data"));
          return good();
        },
        says: /DATA_DIR .*data is (not a folder|a link that leads back to itself)/,
        fix: /Name a folder/,
      }),
    ),
    ...["follow-through.db", "follow-through.db-wal", "follow-through.db-shm", "service.lock"].flatMap((name) =>
      NO_FILES.filter(([, , why]) => /folder|pipe|device/.test(why)).map(
        ([what, make, why]): Way => ({
          name: `holds ${what} where ${name} should be`,
          env: () => {
            mkdirSync(join(folder(), "data"));
            make(join(folder(), "data", name));
            if (isRoot) chownSync(join(folder(), "data"), NOBODY, NOBODY);
            return good();
          },
          says: new RegExp(`DATA_DIR .* holds ${name}, which ${why}`),
          fix: /Move it away/,
        }),
      ),
    ),
    {
      name: "has too long a name",
      env: () => ({ ...good(), DATA_DIR: join(folder(), "d".repeat(300)) }),
      says: /DATA_DIR .* has too long a name/,
      fix: /Name a folder/,
    },
    {
      name: "may not be written",
      env: () => {
        mkdirSync(join(folder(), "data"), { mode: 0o555 });
        return good();
      },
      says: /DATA_DIR .* cannot be written/,
      fix: /belong to the user the service runs as/,
    },
    {
      name: "may not be made",
      env: () => ({ ...good(), DATA_DIR: "/no/such/folder" }),
      says: /DATA_DIR .* cannot be written/,
      fix: /set DATA_DIR to one that does/,
    },
    {
      name: "holds a database that may not be written",
      env: async () => {
        await starts(good());
        for (const name of ["follow-through.db", "service.lock"]) {
          chmodSync(join(folder(), "data", name), 0o400);
          if (isRoot) chownSync(join(folder(), "data", name), 0, 0);
          if (isRoot) chmodSync(join(folder(), "data", name), 0o444);
        }
        return good();
      },
      says: /DATA_DIR .* cannot be written/,
      fix: /the files in it belong to the user/,
    },
  ];
  for (const way of ways) refuses(way);

  it.skipIf(!maySmallDisk())("is on a full disk", async () => {
    const disk = smallDisk(1);
    if (disk === null) return;
    try {
      chownSync(disk.folder, NOBODY, NOBODY);
      disk.fill();
      expect(await refusal({ ...good(), DATA_DIR: disk.folder })).toMatch(/has no room left\.\nMake room on its disk/);
    } finally {
      disk.remove();
    }
  });

  it.skipIf(!maySmallDisk())("is on a read-only disk", async () => {
    const disk = smallDisk(1);
    if (disk === null) return;
    try {
      chownSync(disk.folder, NOBODY, NOBODY);
      disk.readOnly();
      expect(await refusal({ ...good(), DATA_DIR: disk.folder })).toMatch(
        /is on a read-only disk\.\nMount it for writing/,
      );
    } finally {
      disk.remove();
    }
  });
});

describe.skipIf(!hasPostgresBinaries())("PostgreSQL", () => {
  let cluster: Cluster;
  beforeAll(async () => {
    const started = await startCluster();
    if (started === null) throw new Error("PostgreSQL does not start here");
    cluster = started;
    await run(
      `create role app login password '${SECRET}'`,
      "create role guest login password 'guest'",
      "create database closed",
      "revoke create on schema public from public",
      "create role frozen login",
      "alter role frozen set default_transaction_read_only = on",
    );
  });
  afterAll(() => cluster.remove());

  async function run(...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: cluster.url });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }
  const at = (rest: string) => ({
    ...good(),
    DATABASE_URL: `postgres://${rest.replace("SERVER", `127.0.0.1:${cluster.port}`)}`,
  });

  const ways: readonly Way[] = [
    {
      name: "is at a name nobody knows",
      env: () => ({ ...good(), DATABASE_URL: `postgres://app:${SECRET}@no-such-host.invalid/db` }),
      says: /The host of DATABASE_URL, no-such-host\.invalid:5432, is not known here/,
      fix: /Correct it/,
    },
    {
      name: "has no such database",
      env: () => at("postgres@SERVER/follow_through"),
      says: /There is no database follow_through/,
      fix: /createdb follow_through/,
    },
    {
      name: "knows no such user",
      env: () => at(`stranger:${SECRET}@SERVER/postgres`),
      says: /knows no user stranger/,
      fix: /createuser --pwprompt stranger/,
    },
    {
      name: "lets the user make no tables",
      env: () => at("guest@SERVER/closed"),
      says: /guest may not make tables in the database closed/,
      fix: /GRANT CREATE, USAGE ON SCHEMA public TO "guest"/,
    },
    {
      name: "is read-only",
      env: () => at("frozen@SERVER/postgres"),
      says: /is read-only/,
      fix: /Name the primary/,
    },
    {
      name: "has no TLS, which was asked for",
      env: () => at("postgres@SERVER/postgres?sslmode=verify-full"),
      says: /has no TLS, and DATABASE_URL asks for it/,
      fix: /Leave sslmode out/,
    },
  ];
  for (const way of ways) refuses(way);

  describe("that wants more than a name", () => {
    beforeAll(async () => {
      const rules = [
        `hostssl secure all 127.0.0.1/32 trust`,
        `host closed guest 127.0.0.1/32 reject`,
        `host all app 127.0.0.1/32 scram-sha-256`,
        `host all postgres 127.0.0.1/32 trust`,
      ];
      writeFileSync(join(cluster.folder, "data", "pg_hba.conf"), `${rules.join("\n")}\n`);
      await run("create database secure", "select pg_reload_conf()");
    });

    const ways: readonly Way[] = [
      {
        name: "a password, which is wrong",
        env: () => at(`app:${SECRET}x@SERVER/postgres`),
        says: /does not take the password of app/,
        fix: /%40 for @/,
      },
      {
        name: "a password, of which there is none",
        env: () => at("app@SERVER/postgres"),
        says: /asks for a password of app/,
        fix: /USER:PASSWORD@HOST/,
      },
      {
        name: "TLS",
        env: () => at("guest@SERVER/secure"),
        says: /lets nobody in without TLS/,
        fix: /sslmode=verify-full/,
      },
      {
        name: "others",
        env: () => at("guest@SERVER/closed"),
        says: /does not let guest in from here/,
        fix: /pg_hba\.conf/,
      },
    ];
    for (const way of ways) refuses(way);
  });
});

describe.skipIf(!hasPgBouncer())("PgBouncer", () => {
  it("refuses what DATABASE_URL asks", async () => {
    const pooled = await startPooled("transaction");
    try {
      const DATABASE_URL = `${pooled.url}?options=-c%20search_path%3Dx`;
      expect(await refusal({ ...good(), DATABASE_URL })).toMatch(
        /refuses what DATABASE_URL asks.*\nLeave options= out/,
      );
    } finally {
      await pooled.remove();
    }
  });
});
