/** HTML from templates: what is put in is text, without what nobody sees, and stays text, unless it is HTML made here. */
import { visible } from "./text.js";

export class Html {
  constructor(readonly text: string) {}
}

type Part = string | number | Html | readonly Html[];

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const filled = parts.map((part, index) => `${inert(part)}${strings[index + 1] ?? ""}`);
  return new Html((strings[0] ?? "") + filled.join(""));
}

export const NOTHING = new Html("");

function inert(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(({ text }) => text).join("");
  return visible(String(part)).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
