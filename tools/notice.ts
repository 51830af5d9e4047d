/** NOTICE: the licences of what is installed with the App, as package-lock.json has them, and whose data it uses. */
import { readFileSync } from "node:fs";

interface Locked {
  readonly dev?: boolean;
  readonly license?: string;
}

/** Each package that comes with the App, with its licence; what only development needs is left out. */
export function licences(): ReadonlyMap<string, string> {
  const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
    readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"),
  );
  const found = new Map<string, string>();
  for (const [path, { dev = false, license }] of Object.entries(lock.packages)) {
    const name = path.split("node_modules/").at(-1);
    if (name && !dev) found.set(name, license ?? "see the package");
  }
  return found;
}

/** The file as it stands at the top of the repository. */
export function notice(): string {
  const byLicence = new Map<string, string[]>();
  for (const [name, licence] of licences()) byLicence.set(licence, [...(byLicence.get(licence) ?? []), name]);
  const groups = [...byLicence]
    .sort(([a, x], [b, y]) => y.length - x.length || a.localeCompare(b))
    .map(([licence, names]) => `${licence}\n\n${wrapped(names.sort())}`);
  return `${HEAD}\n${groups.join("\n\n")}\n`;
}

const HEAD = `Follow-Through
Licensed under the MIT licence, see LICENSE.

DATA

Holidays are those of date-holidays (https://github.com/commenthol/date-holidays), an optional package. Its code is under the ISC licence. Its data
is under Creative Commons Attribution-ShareAlike 3.0 (https://creativecommons.org/licenses/by-sa/3.0/), since it relies on articles of Wikipedia; each
is named in the file LICENSE of the package, node_modules/date-holidays/LICENSE where the App is installed. The App changes nothing in that
data. The codes of regions in src/policy/regions.ts are taken from it. Install with --omit=optional to go without; policies then know no holidays.

PACKAGES

What is installed with the App, by licence; the text of each stands in its own folder below node_modules. Packages for other platforms than yours are
named too. This file is made by \`npm run docs\`.
`;

const WIDTH = 140;

function wrapped(names: readonly string[]): string {
  const lines = [""];
  for (const name of names) {
    const line = lines.at(-1) ?? "";
    if (line.length + name.length + 2 <= WIDTH)
      lines[lines.length - 1] = line === "" ? `  ${name}` : `${line}, ${name}`;
    else lines.push(`  ${name}`);
  }
  return lines.map((line, index) => (index < lines.length - 1 ? `${line},` : line)).join("\n");
}
