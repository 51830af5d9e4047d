/** Slips of the pen, made from every command: none is met with silence. */
import { expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { COMMAND_NAMES, COMMANDS, type CommandName, isCommandName } from "../../src/tracking/commands/index.js";
import { parseCommands } from "../../src/tracking/commands/parse.js";

const READING = { written: "2024-09-20", policy: DEFAULT_POLICY };
const read = (line: string) => parseCommands(line, READING);
const asksOf = (line: string) => read(line).map(({ asks }) => asks);

/** Letters beside each other on a keyboard. */
const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const beside = (letter: string): string[] =>
  ROWS.flatMap((row) =>
    [row[row.indexOf(letter) - 1], row[row.indexOf(letter) + 1]].filter((one) => row.includes(letter) && one),
  ).flatMap((one) => one ?? []);
const without = (name: string, at: number, put = ""): string => name.slice(0, at) + put + name.slice(at + 1);

function slipsOf(name: CommandName): string[] {
  const places = [...name].map((_, at) => at).filter((at) => name[at] !== "-");
  return [
    ...places.map((at) => without(name, at, `${name[at]}${name[at]}`)),
    // What a short name would be without its first letter, or with another, could be anything.
    ...places
      .filter((at) => at > 0 || name.length > 4)
      .flatMap((at) => [without(name, at), ...beside(name[at] ?? "").map((one) => without(name, at, one))]),
    ...places.slice(1).map((at) => without(without(name, at, name[at - 1]), at - 1, name[at])),
    ...[":", ".", "!", "?", ","].map((sign) => name + sign),
  ].filter((word) => word !== name);
}

const far: string[] = [];
it.each(COMMAND_NAMES)("each slip in /%s is answered with a command", (name) => {
  for (const word of slipsOf(name).filter((slip) => !isCommandName(slip))) {
    const [told] = read(`/${word} 2 weeks`);
    expect(told?.asks, word).toMatchObject({ kind: "near-miss" });
    if (told?.name !== name) far.push(`${word}: ${told?.name}`);
  }
});

it("and with the one that was meant, but where another is as near", () => {
  expect(far).toEqual(["dne: due", "doe: due"]);
});

const CYRILLIC: Readonly<Record<string, string>> = {
  a: "\u0430",
  e: "\u0435",
  o: "\u043e",
  s: "\u0455",
  i: "\u0456",
  p: "\u0440",
};

it.each(COMMAND_NAMES)(
  "/%s is the same in capitals, wide letters, with a wide slash, and in letters that look alike",
  (name) => {
    const rest = `${COMMANDS[name].usage[0]?.replace(/^\/\S+/, "") ?? ""}`;
    const plain = asksOf(`/${name}${rest}`);
    expect(plain).toHaveLength(1);
    const wide = [...name].map((letter) =>
      letter === "-" ? letter : String.fromCharCode(letter.charCodeAt(0) + 0xfee0),
    );
    for (const written of [
      `/${name.toUpperCase()}${rest}`,
      `\uff0f${name}${rest}`,
      `/${wide.join("")}${rest}`,
      `/${[...name].map((letter) => CYRILLIC[letter] ?? letter).join("")}${rest}`,
      `/${name}${rest.replaceAll(" ", "\u00a0")}`,
      `/${name}${rest.replaceAll(" ", "\u3000")}`,
    ])
      expect(asksOf(written), written).toEqual(plain);
  },
);

it.each([
  "/usr",
  "/etc passwd",
  "/home",
  "/tmp",
  "/var log",
  "/api v1",
  "/проверка",
  "/期限 来週",
  "／",
  "/ due",
  "//due",
])("%s is none of ours", (line) => {
  expect(read(line)).toEqual([]);
});
