import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const DEMO = fileURLToPath(new URL("../../demo/main.ts", import.meta.url));
const PAGE = fileURLToPath(new URL("../../demo/out/story.html", import.meta.url));

/** Where the demo makes its temporary folder, so that a test sees what is left of it. */
let folder: string;
let running: ChildProcessByStdio<null, Readable, Readable> | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-test-"));
});
afterEach(async () => {
  running?.kill("SIGKILL");
  running = null;
  await rm(folder, { recursive: true, force: true });
});

function startDemo() {
  const child = spawn(process.execPath, ["--import", "tsx", DEMO], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running = child;
  const told = { text: "" };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (told.text += String(data)));
  return { child, told };
}

/** The processes a process started, as the system lists them. */
function childrenOf(pid: number): number[] {
  const path = `/proc/${pid}/task/${pid}/children`;
  return existsSync(path) ? readFileSync(path, "utf8").trim().split(" ").filter(Boolean).map(Number) : [];
}

/** What the demo left in the temporary folder; `tsx` keeps its own cache there. */
async function leftBehind(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !name.startsWith("tsx-"));
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

describe("npm run demo", () => {
  it("tells the story to its end, and leaves a page of it", { timeout: 600_000 }, async () => {
    rmSync(PAGE, { force: true });
    const { child, told } = startDemo();
    const [code] = await once(child, "close");
    expect(told.text).toContain("The story as a page:");
    expect(code).toBe(0);
    expect(told.text).toMatch(/\d+ tracking issues, 3 status comments, .*, each as GitHub documents it, in /);
    expect(told.text).not.toContain("\u001b[");
    expect(told.text).not.toContain("<!--");
    expect(told.text).not.toContain('{"level":');
    expect(await leftBehind()).toEqual([]);

    const page = readFileSync(PAGE, "utf8");
    expect(unclosed(page)).toEqual([]);
    expect(page).toContain("Alert when the card pool is more than 80% busy");
    expect(page).toContain("Weekly digest: action items from postmortems");
    expect(page).toContain("Caída del buscador");
    expect(page).toContain("edits her comment into");
    expect(page).toContain("No postmortem here");
    expect(page).toContain("1 closed as duplicate");
    expect(page).not.toMatch(/<script|<img|<link|\son\w+=|url\(|follow-through:item/);
    const named = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const ids = new Set(named);
    expect(named).toHaveLength(ids.size);
    const targets = [...page.matchAll(/ href="([^"]*)"/g)].map(([, href = ""]) => href);
    expect(targets.filter((href) => !ids.has(href.slice(1)))).toEqual([]);
  });

  it.skipIf(process.platform !== "linux")("leaves nothing behind on Ctrl-C", { timeout: 120_000 }, async () => {
    const { child, told } = startDemo();
    while (!told.text.includes("ana merges") && child.exitCode === null) await pause(20);
    const children = childrenOf(child.pid ?? 0).filter(isService);
    expect(children, told.text).toHaveLength(1);
    child.kill("SIGINT");
    const [code] = await once(child, "close");
    expect(code).toBe(130);
    expect(children.filter(isAlive)).toEqual([]);
    expect(await leftBehind()).toEqual([]);
  });
});

function isService(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("dist/main.js");
}

const VOID = new Set(["meta", "br", "hr", "input", "rect", "circle", "path"]);

/** The names of elements that are closed wrongly or not at all. */
function unclosed(html: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  const withoutStyle = html.replace(/<style>[\s\S]*?<\/style>/, "").replace("<!doctype html>", "");
  for (const [, slash, name = ""] of withoutStyle.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (VOID.has(name)) continue;
    if (!slash) open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...wrong, ...open];
}
