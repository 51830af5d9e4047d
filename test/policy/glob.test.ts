/** Globs mean what people know them to mean, which is held against picomatch; and none takes long. */
import picomatch from "picomatch";
import { describe, expect, it } from "vitest";
import { globMatcher, problemWithGlob } from "../../src/policy/glob.js";
import { loadPolicy } from "../../src/policy/load.js";
import { postmortemMatcher } from "../../src/policy/matching.js";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { cpuMsWithin } from "../support/cpu.js";

const NAMES = [
  "a",
  "b",
  "ab",
  "a.md",
  "A.MD",
  ".md",
  "a-b.md",
  "a_b",
  "aab.mdx",
  "c",
  "a*b",
  "{a}",
  "[a]",
  "é.md",
  "監.md",
  "postmortem",
];
const PATHS = [
  ...NAMES,
  ...NAMES.flatMap((one) => NAMES.map((other) => `${one}/${other}`)),
  ...NAMES.flatMap((one) => NAMES.map((other, index) => `${one}/${other}/${["a", "b.md", ".x"][index % 3]}`)),
];

/** Globs for one name, and every way of putting two together. */
const PIECES = [
  ..."a|*|?|a*|*a|*.md|*b*|a?|[ab]|[^a]|[a-b]*|a[-_]b*|{a,b}|*.{md,mdx}|{a,}b|a{b,{c,d}}|{a*,b}|a**b|*a*b*|?*|*?|é*|監*|[A-B]".split(
    "|",
  ),
  "\\*",
  "a\\*b",
  "\\{a\\}",
  "[[]a]",
];
const GLOBS = [
  ...PIECES,
  "**",
  "**.md",
  ...PIECES.flatMap((one) =>
    PIECES.filter((_, index) => index % 3 === 0).flatMap((other) => [
      `${one}/${other}`,
      `**/${one}/${other}`,
      `${one}/**/${other}`,
      `${one}/${other}/**`,
      `{${one},${other}}`,
      `{${one}/${other},c}/**`,
      `**/{${one},${other}}/**/*.md`,
      `**/**/${one}/**/**`,
    ]),
  ),
];

describe("a glob", () => {
  it(`matches as picomatch does: ${GLOBS.length} globs on ${PATHS.length} paths`, { timeout: 120_000 }, () => {
    const different: string[] = [];
    for (const glob of GLOBS.filter((one) => problemWithGlob(one) === null)) {
      const [theirs, ours] = [picomatch(glob, { nocase: true, dot: true }), globMatcher(glob)];
      for (const path of PATHS) if (theirs(path) !== ours(path)) different.push(`${glob} on ${path}`);
    }
    expect(different).toEqual([]);
  });

  it.each([
    ["[!a]*", "b", "a"],
    ["docs (old)/*.md", "docs (old)/a.md", "docs old/a.md"],
    ["{**/rca,docs}/*.md", "rca/a.md", "x/a.md"],
    ["a{b", "a{b", "ab"],
    ["a[b", "a[b", "ab"],
    ["a\\", "a\\", "a"],
  ])("%s matches %s and not %s", (glob, one, other) => {
    expect([problemWithGlob(glob), globMatcher(glob)(one), globMatcher(glob)(other)]).toEqual([null, true, false]);
  });

  it.each([
    ["!README.md", "postmortems.include.0: write what is to be left alone under postmortems.exclude, without the !."],
    ["@(a|b).md", "postmortems.include.0: write alternatives as {a,b}, and no ( behind a sign."],
    ["[[:alpha:]].md", "postmortems.include.0: write letters out, like [a-z]."],
    ["{1..9}.md", "postmortems.include.0: write alternatives out, like {1,2,3}."],
    ["*a*a*a*a*a*a*a*a*b.md", "postmortems.include.0: write at most 8 stars, or several globs."],
    ["?????????????.md", "postmortems.include.0: write at most 12 ? and [ ], or a star."],
    ["a".repeat(201), "postmortems.include.0: write at most 200 characters, or several globs."],
  ])("%s is refused in a policy, with what to write instead", (glob, message) => {
    const { problems } = loadPolicy(`postmortems:\n  include: [${JSON.stringify(glob)}]\n`);
    expect(problems).toEqual([{ line: 2, message }]);
  });

  it("is one of fifty at most", () => {
    const list = (count: number) => `postmortems:\n  exclude: [${Array(count).fill('"a"').join()}]\n`;
    expect(loadPolicy(list(50)).problems).toEqual([]);
    expect(loadPolicy(list(51)).problems).toHaveLength(1);
  });
});

describe("no glob takes long", () => {
  const EVIL = [
    "*a*a*a*a*a*a*a*b.md",
    "**/a/**/a/**/a/**/a/**/a/**/b",
    `*${"a".repeat(190)}b`,
    "*a?a?a?a?a?a?a?a?a?a?a?b",
    "{*a???????????,*b}c",
    "*{a,aa,aaa,aaaa}{a,aa,aaa}{a,aa}*b",
    "{{{{{{a,b},a},b},a},b},a}".repeat(6),
    "*[ab]a*[ab]b*[ab]a?[ab]?a??b",
  ];
  const LONG = ["a", "a/", "ab", "aab", "b"].map((unit) => unit.repeat(4_096 / unit.length));

  it.each(EVIL)("%s, on paths that it just misses", (glob) => {
    expect(problemWithGlob(glob)).toBeNull();
    const matches = globMatcher(glob);
    const paths = Array.from({ length: 40 }, () => LONG).flat();
    expect(cpuMsWithin(1_000, () => paths.filter(matches))).toBeLessThan(1_000);
  });

  it("the defaults, on a hundred thousand files", () => {
    const matches = postmortemMatcher(DEFAULT_POLICY);
    const paths = Array.from(
      { length: 100_000 },
      (_, index) => `services/payments/module-${index % 977}/file-${index}.ts`,
    );
    expect(cpuMsWithin(2_000, () => paths.filter(matches))).toBeLessThan(2_000);
  });
});
