/** Reading in a child process: the same as here, beside everything else, and never for ever. */
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ReadingBrokenOff, Retryable } from "../../src/errors.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS, type Postmortem, type ReadOptions } from "../../src/postmortem/types.js";
import { Reader, type ReaderOptions } from "../../src/reading/reader.js";
import { GATEWAY, TABLE } from "../fixtures/documents.js";
import { FIXTURES, fixture } from "../fixtures/postmortems.js";
import { temporaryFolder } from "../support/folder.js";
import { inLongTests, itAtLength, sampled } from "../support/long.js";
import { BUILT_READING, gone, hangingPid, large, ODD_READING } from "../support/odd-reading.js";

const folder = temporaryFolder();
const readers: Reader[] = [];
const open = (options?: ReaderOptions): Reader => {
  const reader = new Reader(options);
  readers.push(reader);
  return reader;
};
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (reader: Reader, text: string): Promise<Postmortem> =>
  reader.read("a.md", bytesOf(text), DEFAULT_READ_OPTIONS);
const self = async (reader: Reader) => JSON.parse((await read(reader, large("ODD self"))).title ?? "");

const POLICIES: readonly ReadOptions[] = [
  DEFAULT_READ_OPTIONS,
  {
    dateOrder: "month-first",
    sprints: { "sprint 42": "2024-10-04" },
    ticketPrefixes: ["OPS"],
    levels: { "no-owner": "error", "no-due-date": "off" },
    maxItems: 3,
    today: "2024-10-01",
  },
];

describe("in a child process", { timeout: 120_000 }, () => {
  it("every document says what it says in this one, under one policy or another", async () => {
    const reader = open(BUILT_READING);
    expect(FIXTURES.length).toBeGreaterThan(20);
    const names = FIXTURES.filter((_, index) => index % inLongTests(1, 12) === 0);
    const texts = [...names.map(fixture), GATEWAY, TABLE, "\ufeffNothing", ""].map(large);
    const sources = [...texts.map(bytesOf), new Uint8Array(200_000).fill(0xff), bytesOf("a".repeat(1_048_577))];
    for (const [index, bytes] of sources.entries()) {
      const path = `postmortems/2024-09-${String(1 + (index % 30)).padStart(2, "0")}.md`;
      const options = POLICIES[index % POLICIES.length];
      if (options) expect(await reader.read(path, bytes, options)).toStrictEqual(readPostmortem(path, bytes, options));
    }
  });

  itAtLength("this process goes on while a document of 1 MB is read", async () => {
    const items = Array.from(
      { length: 12_000 },
      (_, n) => `- [ ] Look at the queue number ${n}, and fix what leaks (@lisa)\n`,
    );
    const text = `# Outage\n\n## Action items\n\n${items.join("")}`.slice(0, 1_000_000);
    const reader = open({ limitMs: 600_000 });
    await read(reader, large("warm"));
    const order: string[] = [];
    let turns = 0;
    const turn = () => {
      if (order.length > 0) return;
      turns++;
      setImmediate(turn);
    };
    setImmediate(turn);
    const found = await read(reader, text).then((postmortem) => {
      order.push("read");
      return postmortem;
    });
    expect(found.items).toHaveLength(3000);
    // Were it read here, the loop would come round no more than a few times.
    expect(turns).toBeGreaterThan(100);
  });

  it("what is small is read at once, and starts no process", async () => {
    const { items } = await read(open({ script: { path: "there-is-none", flags: [] } }), TABLE);
    expect(items).toHaveLength(2);
  });

  it("nothing of this process's environment is there, and memory is bounded", async () => {
    process.env.A_SECRET_OF_TESTS = "told to nobody";
    const { env, execArgv } = await self(open(ODD_READING));
    delete process.env.A_SECRET_OF_TESTS;
    expect(env).toEqual({});
    expect(execArgv).toContain("--max-old-space-size=300");
  });

  itAtLength("one process reads many, and ends when nothing is left to read", async () => {
    const reader = open({ ...ODD_READING, idleMs: 2_000 });
    const { pid } = await self(reader);
    expect((await self(reader)).pid).toBe(pid);
    await gone(pid);
    expect((await self(reader)).pid).not.toBe(pid);
  });
});

describe("reading that is broken off", { timeout: 120_000 }, () => {
  sampled(it, 2).each(["kill", "nonsense", "heap"])(
    "by %s: is no empty reading, and the next one is done",
    async (word) => {
      const reader = open(ODD_READING);
      const error = await read(reader, large(`ODD ${word}`)).catch((caught: unknown) => caught);
      // It counts as a try.
      expect(error).toBeInstanceOf(ReadingBrokenOff);
      expect(error).toMatchObject({ blameless: false });
      expect((await read(reader, large(TABLE))).items).toHaveLength(2);
    },
  );

  it("is killed where it takes too long", async () => {
    const file = join(folder(), "pid");
    const reader = open({ ...ODD_READING, limitMs: 300 });
    await expect(read(reader, large(`ODD hang ${file}`))).rejects.toThrow("Reading it took more than 0.3 seconds");
  });

  it("does not count where all is stopped: by a signal to every process, or by the end of the reader", async () => {
    const stopped = await read(open(ODD_READING), large("ODD stop")).catch((caught: unknown) => caught);
    expect(stopped).toMatchObject({ blameless: true, undone: true });

    const file = join(folder(), "pid");
    const reader = open(ODD_READING);
    const readings = [`ODD hang ${file}`, TABLE].map((text) => read(reader, large(text)));
    const ended = Promise.allSettled(readings);
    const pid = await hangingPid(file);
    reader.close();
    for (const outcome of await ended)
      expect(outcome).toMatchObject({ status: "rejected", reason: { blameless: true, undone: true } });
    await gone(pid);
    await expect(read(reader, large(TABLE))).rejects.toThrow(Retryable);
  });

  it("is told where no process can be started", async () => {
    const reader = open({ ...ODD_READING, script: { path: "there-is-none", flags: [] } });
    await expect(read(reader, large(TABLE))).rejects.toThrow(ReadingBrokenOff);
  });
});
