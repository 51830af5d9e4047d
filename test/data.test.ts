import { describe, expect, it } from "vitest";
import { MAX_NESTING, parseJson, readYaml } from "../src/data.js";

const faultsOf = (text: string): readonly { line: number; message: string }[] => {
  const read = readYaml(text, 10);
  return "faults" in read ? read.faults : [];
};

/** `levels` of nesting in every way that YAML has, each on a line of its own below a first. */
const NESTED: Readonly<Record<string, (levels: number) => string>> = {
  "lists on one line": (levels) => `a: 1\nb:\n  ${"- ".repeat(levels)}x`,
  "lists in brackets": (levels) => `a: 1\nb: ${"[".repeat(levels)}${"]".repeat(levels)}`,
  "brackets never closed": (levels) => `a: 1\nb: ${"[".repeat(levels)}`,
  "objects in braces": (levels) => `a: 1\nb: ${"{a: ".repeat(levels)}1${"}".repeat(levels)}`,
  "braces as keys": (levels) => `a: 1\nb: ${"{".repeat(levels)}`,
  "keys of keys": (levels) => `a: 1\n${"? ".repeat(levels)}x`,
  "keys and lists in turn": (levels) => `a: 1\n${"? - ".repeat(levels / 2)}x`,
  "colons in a row": (levels) => `a: 1\n${": ".repeat(levels)}x`,
};

describe("YAML", () => {
  it("is read with the lines of its values, and the whole file's faults with theirs", () => {
    const read = readYaml("a: 1\nb: [c]\n", 10);
    expect("value" in read && read.value).toEqual({ a: 1, b: ["c"] });
    expect(readYaml("", 10)).toMatchObject({ value: null });
    expect(faultsOf("a: 1\na: 2\nb: [\n").map(({ line }) => line)).toEqual([2, 4]);
  });

  it.each(Object.keys(NESTED))("with %s is read to fifty levels and refused beyond, with the line", (name) => {
    const nested = NESTED[name] ?? String;
    expect(faultsOf(nested(MAX_NESTING - 10)).filter(({ message }) => message.includes("deep"))).toEqual([]);
    for (const levels of [MAX_NESTING + 10, 1_500, 12_000])
      expect(faultsOf(nested(levels))).toEqual([
        { line: name.includes("one line") ? 3 : 2, message: "it is nested more than 50 deep here" },
      ]);
  });

  it("nested by indentation is refused on the line that goes too deep", () => {
    const steps = Array.from({ length: 300 }, (_, level) => `${" ".repeat(level)}a:`).join("\n");
    expect(faultsOf(steps)).toEqual([{ line: MAX_NESTING + 1, message: "it is nested more than 50 deep here" }]);
  });

  it("that is too long, or holds too much, is refused", () => {
    expect(faultsOf("x".repeat(65_537))).toEqual([{ line: 1, message: "it is longer than 64 KiB" }]);
    expect(faultsOf(`[${",".repeat(60_000)}`)[0]?.message).toBe("it holds more than can be read");
    expect(faultsOf(Array.from({ length: 3_000 }, (_, index) => `name ${index}: "@x"`).join("\n"))).toEqual([]);
  });

  it("that repeats itself without end is refused", () => {
    const bomb = [
      "a0: &a0 [x]",
      ...Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`),
    ];
    expect(faultsOf(bomb.join("\n"))).toHaveLength(1);
    expect(faultsOf("a: &a [*a]")).toEqual([]);
  });
});

describe("JSON", () => {
  it("is read as ever, whatever stands in its strings", () => {
    const value = { a: [1, "[[[[", '"\\', { "}": null }], "{": '\\"[' };
    expect(parseJson(JSON.stringify(value))).toEqual(value);
    expect(() => parseJson("[")).toThrow(SyntaxError);
    expect(() => parseJson('"[')).toThrow(SyntaxError);
  });

  it.each(["[", '{"a":', '[{"a":'])("of %s without end is refused before it is parsed", (open) => {
    expect(() => parseJson(open.repeat(1_000_000))).toThrow(RangeError);
  });

  it("of more lists than anybody sends is refused", () => {
    expect(() => parseJson(`[${"[],".repeat(600_000)}[]]`)).toThrow(RangeError);
    expect(parseJson(`[${"[],".repeat(10_000)}[]]`)).toHaveLength(10_001);
  });
});
