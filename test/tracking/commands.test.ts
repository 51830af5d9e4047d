/** What in a comment is a command, and what it asks for. */
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { holdsCommands, parseCommands } from "../../src/tracking/commands/parse.js";

/** Written on a Friday. */
const READING = { written: "2024-09-20", policy: DEFAULT_POLICY };
const parse = (...lines: string[]) => parseCommands(lines.join("\n"), READING);
const asked = (line: string) => parse(line).map(({ asks }) => asks);

describe("a command", () => {
  it.each([
    ["/due 2024-10-01", { kind: "due", date: "2024-10-01", why: null }],
    ["/due 2024-10-01 waiting for the vendor", { kind: "due", date: "2024-10-01", why: "waiting for the vendor" }],
    ["/due Oct 1: the vendor is late", { kind: "due", date: "2024-10-01", why: "the vendor is late" }],
    ["/due next friday, because of the move", { kind: "due", date: "2024-09-27", why: "because of the move" }],
    ["/due March 3", { kind: "due", date: "2025-03-03", why: null }],
    ["/due in 2 weeks", { kind: "due", date: "2024-10-04", why: null }],
    ["/due today", { kind: "due", date: "2024-09-20", why: null }],
    ["/DUE 25.10.2024 grund", { kind: "due", date: "2024-10-25", why: "grund" }],
    ["  /due\t2024-10-01  ", { kind: "due", date: "2024-10-01", why: null }],
    ["/snooze 2 weeks", { kind: "snooze", until: "2024-10-04", why: null }],
    ["/snooze for 10 days on holiday", { kind: "snooze", until: "2024-09-30", why: "on holiday" }],
    ["/snooze 3d", { kind: "snooze", until: "2024-09-23", why: null }],
    ["/snooze 2w rest", { kind: "snooze", until: "2024-10-04", why: "rest" }],
    ["/mute 2 weeks", { kind: "mute", until: "2024-10-04" }],
    ["/mute for 3 days please", { kind: "mute", until: "2024-09-23" }],
    ["/mute until 2024-12-19", { kind: "mute", until: "2024-12-19" }],
    ["/unmute", { kind: "unmute", until: "2024-09-20" }],
    ["/snooze until 2024-12-19", { kind: "snooze", until: "2024-12-19", why: null }],
    ["/assign", { kind: "assign", logins: [] }],
    ["/assign me", { kind: "assign", logins: ["me"] }],
    ["/assign bob @Lisa", { kind: "assign", logins: ["bob", "lisa"] }],
    ["/due\u00a02024-10-01\u00a0the vendor is late", { kind: "due", date: "2024-10-01", why: "the vendor is late" }],
    ["/due thursday", { kind: "due", date: "2024-09-26", why: null }],
    ["/assign @Lisa, @dev", { kind: "assign", logins: ["lisa", "dev"] }],
    ["/unassign @lisa", { kind: "unassign", logins: ["lisa"] }],
    ["/waive the risk is accepted", { kind: "waive", why: "the risk is accepted", until: null }],
    ["/waive code freeze until 2025-01-15", { kind: "waive", why: "code freeze", until: "2025-01-15" }],
    ["/waive until Jan 15 code freeze", { kind: "waive", why: "code freeze", until: "2025-01-15" }],
    ["/waive not needed until we move", { kind: "waive", why: "not needed until we move", until: null }],
    ["/done https://example.com/dashboard", { kind: "done" }],
    ["/reopen", { kind: "reopen" }],
    ["/unrelated #12", { kind: "unrelated", refs: ["#12"] }],
    ["/same-as #12", { kind: "same-as", ref: "#12" }],
    ["/same-as 12, it is asked for twice", { kind: "same-as", ref: "#12" }],
    ["/same-as acme/shop#12.", { kind: "same-as", ref: "acme/shop#12" }],
    [
      "/same-as https://github.com/acme/shop/issues/12 (really)",
      { kind: "same-as", ref: "https://github.com/acme/shop/issues/12" },
    ],
    ["/split", { kind: "split" }],
    ["/unrelated to #12, Acme/API#7 and #12", { kind: "unrelated", refs: ["#12", "acme/api#7"] }],
    ["/help me", { kind: "help" }],
  ])("%s", (line, asks) => {
    expect(asked(line)).toEqual([asks]);
  });

  it.each([
    ["/due", { kind: "no-date" }],
    ["/due soon", { kind: "unreadable-date", why: "it names no day" }],
    ["/due the vendor is slow 2024-10-10", { kind: "unreadable-date", why: "it names no day" }],
    ["/due 2024-02-30", { kind: "unreadable-date", why: "there is no day 2024-02-30" }],
    ["/due 2024-09-19", { kind: "past", date: "2024-09-19" }],
    ["/mute", { kind: "no-date" }],
    ["/mute until 2024-12-20", { kind: "too-long-mute", last: "2024-12-19" }],
    ["/mute yesterday", { kind: "past", date: "2024-09-19" }],
    ["/snooze", { kind: "no-date" }],
    ["/snooze today", { kind: "past", date: "2024-09-20" }],
    ["/snooze until 2024-12-20", { kind: "too-long", last: "2024-12-19" }],
    ["/due yesterday", { kind: "past", date: "2024-09-19" }],
    ["/due 2 days ago", { kind: "past", date: "2024-09-18" }],
    ["/due last friday", { kind: "past", date: "2024-09-13" }],
    ["/due gestern", { kind: "past", date: "2024-09-19" }],
    ["/snooze until yesterday", { kind: "past", date: "2024-09-19" }],
    ["/assign @acme/platform", { kind: "no-login", text: "@acme/platform" }],
    ["/waive", { kind: "no-reason" }],
    ["/unrelated", { kind: "no-number", usage: "/unrelated #12" }],
    ["/unrelated #0 12 x/y/z#3 #12a", { kind: "no-number", usage: "/unrelated #12" }],
    ["/same-as", { kind: "no-number", usage: "/same-as #12" }],
    ["/same-as the #12", { kind: "no-number", usage: "/same-as #12" }],
    ["/same-as #0", { kind: "no-number", usage: "/same-as #12" }],
    ["/same-as #12a", { kind: "no-number", usage: "/same-as #12" }],
    ["/same-as x/y/z#3", { kind: "no-number", usage: "/same-as #12" }],
    ["/same-as ftp://a/b", { kind: "no-number", usage: "/same-as #12" }],
    ["/waive until 2025-01-15", { kind: "no-reason" }],
    ["/waive rest until 2024-13-45", { kind: "unreadable-date", why: expect.any(String) }],
    ["/waive late until 2024-09-01", { kind: "past", date: "2024-09-01" }],
  ])("%s cannot be understood", (line, asks) => {
    expect(asked(line)).toEqual([asks]);
  });

  it.each([
    ["/dew 2024-10-01", "/due DATE [reason]"],
    ["/deu", "/due DATE [reason]"],
    ["/due: 2024-10-01", "/due DATE [reason]"],
    ["/done!", "/done [evidence]"],
    ["/Done.", "/done [evidence]"],
    ["/close", "/done [evidence]"],
    ["/wontfix too late", "/waive reason"],
    ["/asign @lisa", "/assign @login"],
    ["/unnassign", "/unassign @login"],
    ["/snoze 3d", "/snooze DURATION [reason]"],
    ["/wave", "/waive reason"],
    ["/repoen", "/reopen"],
    ["/hepl", "/help"],
  ])("%s comes near to one", (line, usage) => {
    expect(parse(line)).toMatchObject([{ text: line.replace("D", "d"), asks: { kind: "near-miss", usage } }]);
    expect(holdsCommands(line)).toBe(true);
  });

  it("stands among words, one a line, in order, with any line ends", () => {
    const body = "The vendor is late.\r\n\r\n/due Oct 1\r\nand then\r\n/assign @lisa\r\n/due Oct 2";
    expect(parseCommands(body, READING).map(({ text }) => text)).toEqual(["/due Oct 1", "/assign @lisa", "/due Oct 2"]);
  });

  it("reads an ambiguous date where the policy settles it", () => {
    const policy = { ...DEFAULT_POLICY, date_order: "day-first" as const };
    expect(parseCommands("/due 03/04/2025", { ...READING, policy })[0]?.asks).toMatchObject({ date: "2025-04-03" });
  });

  it("keeps reasons short, and on one line", () => {
    const [command] = parse(`/due Oct 1 ${"word ".repeat(1000)}`);
    expect(command?.text.length).toBeLessThanOrEqual(100);
    expect(command?.asks).toMatchObject({ why: expect.stringMatching(/^(word ){10,}.*…$/) });
  });

  it("of one comment are taken up to a number nobody needs", () => {
    expect(parse(...Array<string>(1000).fill("/assign @lisa"))).toHaveLength(20);
    expect(asked(`/assign ${"@lisa ".repeat(11)}`)).toEqual([{ kind: "too-many" }]);
  });
});

describe("no command is", () => {
  it.each([
    ["a word in a line", "Please use /due 2024-10-01"],
    ["a longer word", "/due-date 2024-10-01"],
    ["a path", "/usr/bin/due 2024-10-01"],
    ["another's command", "/retest"],
    ["a word that shares letters with one", "/hold"],
    ["a long word that begins like one", "/deploy"],
    ["a slash alone", "/ due 2024-10-01"],
    ["a quote", "> /done"],
    ["a list", "- /done"],
    ["code in a line", "`/done`"],
    ["a code block", "```\n/done\n```"],
    ["a code block with a language and tildes", "~~~sh\n/done\n```\n/done\n~~~"],
    ["a longer code block", "````\n```\n/done\n````"],
    ["a code block without an end", "```\n/done"],
    ["indented code", "    /done\n\t/done"],
    ["a hidden comment", "<!-- /done -->"],
    ["a hidden comment of many lines", "<!-- reviewers:\n/done\n-->"],
    ["nothing", ""],
  ])("%s", (_, body) => {
    expect(parse(body)).toEqual([]);
    expect(holdsCommands(body)).toBe(false);
  });

  it("unless what hides in them is only what nobody sees", () => {
    const [first, second] = parse("\u200b/as\u00adsign @\u200blisa\ufeff", "/du\u2060e 2024-\u200e10-01");
    expect([first?.asks, second?.asks]).toMatchObject([
      { kind: "assign", logins: ["lisa"] },
      { kind: "due", date: "2024-10-01" },
    ]);
  });

  it("what follows them is", () => {
    expect(
      parse("```\n/done\n```", "```code``` in a line", "<!--", "/done", "-->", "> /done", "", "/reopen").map(
        ({ name }) => name,
      ),
    ).toEqual(["reopen"]);
  });
});
