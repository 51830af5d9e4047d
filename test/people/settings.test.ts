/** Channels as the environment sets them: what is wrong is told with the fix, and no value is repeated. */
import { expect, it } from "vitest";
import { KINDS } from "../../src/people/kinds.js";
import { channelNamed, readChannels, variableOf } from "../../src/people/settings.js";

const of = (env: Record<string, string>) => readChannels(env);

it.each([
  ["http://hooks.slack.com/services/secret", "https, but for this machine"],
  ["ftp://example.com/secret", "another protocol"],
  ["file:///etc/secret", "a file"],
  ["secret", "no address"],
  ["https://user:secret@example.com/", "a password in it"],
  ["http://127.0.0.1.example.com/secret", "a name that only begins like this machine"],
])("%s is refused (%s)", (url) => {
  const { channels, wrong } = of({ CHANNEL_X_URL: url });
  expect(channels.size).toBe(0);
  expect(wrong).toEqual([expect.stringContaining("CHANNEL_X_URL must be an address that begins with https://")]);
  expect(wrong.join()).not.toContain("secret");
});

it.each([
  ["https://hooks.slack.com/services/a", {}, "slack"],
  ["https://example.com/hook", {}, "webhook"],
  ["http://localhost:8080/hook", {}, "webhook"],
  ["http://[::1]:8080/hook", {}, "webhook"],
  ["https://slack.internal/hook", { CHANNEL_TEAM_SRE_KIND: "slack" }, "slack"],
] as const)("%s %j is %s", (url, more, kind) => {
  const { channels, wrong } = of({ CHANNEL_TEAM_SRE_URL: url, ...more });
  expect(wrong).toEqual([]);
  expect(channelNamed(channels, "team-sre")).toMatchObject({ kind, allowed: null, isPublic: false });
});

it.each([
  [{ CHANNEL_X_KIND: "pigeon" }, `CHANNEL_X_KIND must be one of ${Object.keys(KINDS).join(", ")}`],
  [{ CHANNEL_X_READERS: "all" }, "CHANNEL_X_READERS must be one of members, anybody"],
  [{ CHANNEL_X_URL: "", CHANNEL_X_SECRET: "s" }, "CHANNEL_X_URL must be an address"],
])("%j is told", (env, told) => {
  expect(of({ CHANNEL_X_URL: "https://example.com/", ...env }).wrong).toEqual([expect.stringContaining(told)]);
});

it("a policy's name has one variable", () => {
  expect(variableOf("team-sre-2")).toBe("CHANNEL_TEAM_SRE_2_URL");
});
