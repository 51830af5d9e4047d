/** An issue is adopted only where a reader's click would lead to it. */
import { describe, expect, it } from "vitest";
import { type Here, linkedIssueNumber } from "../../src/tracking/linked.js";

const GITHUB: Here = {
  web: "https://github.com",
  owner: "acme",
  name: "shop",
  page: "https://github.com/acme/shop/blob/main/docs/postmortems/a.md",
};
const SERVER: Here = {
  web: "https://ghe.acme.com:8443",
  owner: "acme",
  name: "shop",
  page: "https://ghe.acme.com:8443/acme/shop/blob/main/a.md",
};

const number = (ref: string | null, refUrl: string | null = null, here = GITHUB) =>
  linkedIssueNumber({ ref, refUrl }, here);

describe("a reference in words", () => {
  it.each([
    ["#12", 12],
    ["acme/shop#12", 12],
    ["ACME/Shop#12", 12],
    ["acme/other#12", null],
    ["evil/shop#12", null],
    ["#0", null],
    ["#012", null],
    ["#12a", null],
    ["#99999999999", null],
    ["TECH-4", null],
    ["GH-12", null],
    ["!12", null],
    ["", null],
  ])("%s → %s", (ref, expected) => {
    expect(number(ref)).toBe(expected);
  });
});

const HERE = [
  "https://github.com/acme/shop/issues/12",
  "http://github.com/acme/shop/issues/12",
  "HTTPS://GitHub.com/Acme/Shop/Issues/12",
  "https://www.github.com/acme/shop/issues/12",
  "https://github.com:443/acme/shop/issues/12",
  "https://github.com/acme/shop/issues/12/",
  "https://github.com/acme/shop/issues/12#issuecomment-5",
  "https://github.com/acme/shop/issues/12?notification=1",
  "https://github.com/acme/shop/issues/13/../12",
  "/acme/shop/issues/12",
  "../../../../issues/12",
];

/** None of these leads to issue 12 of acme/shop on github.com. */
const ELSEWHERE = [
  "https://gitlab.com/acme/shop/issues/12",
  "https://git.acme.com/acme/shop/issues/12",
  "https://github.com.evil.example/acme/shop/issues/12",
  "https://evil.example/github.com/acme/shop/issues/12",
  "https://github.com@evil.example/acme/shop/issues/12",
  "https://evil@github.com/acme/shop/issues/12",
  "https://github.com:secret@github.com/acme/shop/issues/12",
  "https://evil.example\\@github.com/acme/shop/issues/12",
  "https://github.com%2eevil.example/acme/shop/issues/12",
  "https://github.com./acme/shop/issues/12",
  "https://github.com:8443/acme/shop/issues/12",
  "http://github.com:443/acme/shop/issues/12",
  "https://gist.github.com/acme/shop/issues/12",
  "https://api.github.com/repos/acme/shop/issues/12",
  "https://redirect.github.com/acme/shop/issues/12",
  "https://raw.githubusercontent.com/acme/shop/issues/12",
  "https://githu\u0432.com/acme/shop/issues/12",
  "https://xn--github-.com/acme/shop/issues/12",
  "//evil.example/acme/shop/issues/12",
  "\\\\evil.example\\acme\\shop\\issues\\12",
  "ftp://github.com/acme/shop/issues/12",
  "javascript://github.com/acme/shop/issues/12",
  "https://github.com/acme/shop/pull/12",
  "https://github.com/acme/shop/issues/12/events",
  "https://github.com/acme/shop/issues/12abc",
  "https://github.com/acme/shop/issues/012",
  "https://github.com/acme/shop/issues/12%2f..%2f13",
  "https://github.com/acme/other/issues/12",
  "https://github.com/evil/shop/issues/12",
  "https://github.com/orgs/acme/shop/issues/12",
  "https://github.com/acme/shop/issues?q=12",
  "https://[::1]/acme/shop/issues/12",
  "https://",
  "http://github.com:99999/acme/shop/issues/12",
  "#12",
  "12",
  "mailto:acme/shop/issues/12",
  "",
];

describe("a link", () => {
  it.each(HERE)("%s leads here", (url) => {
    expect([number(url, url), number("#99", url), number("evil/other#3", url)]).toEqual([12, 12, 12]);
  });

  it.each(ELSEWHERE)("%s leads elsewhere, whatever its words", (url) => {
    expect([number("#12", url), number("acme/shop#12", url), number(url, url)]).toEqual([null, null, null]);
  });

  it.each([
    ["https://ghe.acme.com:8443/acme/shop/issues/12", 12],
    ["/acme/shop/issues/12", 12],
    ["https://ghe.acme.com/acme/shop/issues/12", null],
    ["https://www.ghe.acme.com:8443/acme/shop/issues/12", null],
    ["https://ghe.acme.com:8443/api/v3/repos/acme/shop/issues/12", null],
    ["https://github.com/acme/shop/issues/12", null],
  ])("on a GitHub Enterprise Server: %s → %s", (url, expected) => {
    expect(number(url, url, SERVER)).toBe(expected);
  });
});
