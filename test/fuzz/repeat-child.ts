/**
 * Takes in repeated tokens (or the pill of that name), one after the other, and says what each took: a line `{place, token, size}` on the standard input,
 * a line `{ms, mib}` back. `ms` is processor time, which other processes do not lengthen; `mib` what the process holds then.
 */
import { createInterface } from "node:readline";
import { cpuMs } from "../support/cpu.js";
import { DOCUMENTS } from "./documents.js";
import { PLACES, takePill } from "./places.js";
import { TOKENS } from "./tokens.js";

/** Made ready first: what is measured is a process that has been at work for a while. */
for (let round = 0; round < 2; round++) {
  for (const { take } of Object.values(PLACES)) for (const document of DOCUMENTS) take(document);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { place, token, size }: { place: string; token: number; size: number } = JSON.parse(line);
  const unit = TOKENS[token] ?? "a";
  const text = unit.repeat(Math.floor(size / unit.length));
  // What the one before left behind is not this one's; in small ones it does not count.
  if (size > 100_000) globalThis.gc?.();
  const ms = Math.round(cpuMs(() => (place in PLACES ? PLACES[place]?.take(text) : takePill(place))));
  const mib = Math.round(process.memoryUsage.rss() / 1_048_576);
  console.log(JSON.stringify({ ms, mib }));
}
