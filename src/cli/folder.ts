/** The Markdown files of a folder, and of all folders in it. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { whyNot } from "../files.js";
import { MARKDOWN_FILE } from "../policy/matching.js";

/** What tools keep for themselves: nobody's postmortems. */
const OF_TOOLS: ReadonlySet<string> = new Set([".git", "node_modules"]);

export interface Found {
  /** Sorted; each begins with the folder as it was named. */
  readonly files: readonly string[];
  /** Folders that could not be looked into, and why: said behind the path. */
  readonly refused: readonly { readonly path: string; readonly why: string }[];
}

/**
 * Finds them. Links are not followed: Git keeps a link and not what it leads to, and one may lead back up. Whatever is no file is passed
 * over. Never throws.
 */
export async function markdownIn(folder: string): Promise<Found> {
  const files: string[] = [];
  const refused: { path: string; why: string }[] = [];
  const waiting = [folder];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    try {
      for (const entry of await readdir(path, { withFileTypes: true })) {
        const inside = join(path, entry.name);
        if (entry.isDirectory() && !OF_TOOLS.has(entry.name)) waiting.push(inside);
        else if (entry.isFile() && MARKDOWN_FILE.test(entry.name)) files.push(inside);
      }
    } catch (error) {
      refused.push({ path, why: whyNot(error) });
    }
  }
  return { files: files.sort(), refused };
}
