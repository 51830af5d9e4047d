/**
 * The channels of an installation, from the environment alone: where one leads is a secret, since whoever knows it can write there.
 *
 *   CHANNEL_TEAM_SRE_URL=https://hooks.slack.com/services/…
 */
import type { Environment } from "../environment.js";
import { isKind, KINDS, type KindName } from "./kinds.js";

export interface ChannelSettings {
  readonly kind: KindName;
  readonly url: URL;
  readonly secret: string | null;
  /** Owners, or repositories as `owner/name`, that may use it, in lower case; null: all that the App is installed on. */
  readonly allowed: readonly string[] | null;
  /** Whether anybody may read there, and not only members of the organisation. */
  readonly isPublic: boolean;
}

/** By the name that policies use, as in `variableOf`. */
export type ChannelsSettings = ReadonlyMap<string, ChannelSettings>;

const VARIABLE = /^CHANNEL_([A-Z0-9_]+)_(URL|KIND|SECRET|FOR|READERS)$/;

/** `team-sre` is set by `CHANNEL_TEAM_SRE_URL`. */
export const variableOf = (name: string): string => `CHANNEL_${keyOf(name)}_URL`;

const keyOf = (name: string): string => name.toUpperCase().replaceAll("-", "_");

/** The channel that a policy names, where it is set. */
export const channelNamed = (channels: ChannelsSettings, name: string): ChannelSettings | undefined =>
  channels.get(keyOf(name));

/** The channels, and what is wrong with their variables; no value of them is repeated. */
export function readChannels(env: Environment): { readonly channels: ChannelsSettings; readonly wrong: string[] } {
  const wrong: string[] = [];
  const channels = new Map<string, ChannelSettings>();
  const names = new Set(
    Object.keys(env).flatMap((name) => (env[name]?.trim() ? (VARIABLE.exec(name)?.[1] ?? []) : [])),
  );
  for (const name of names) {
    const get = (what: string) => env[`CHANNEL_${name}_${what}`]?.trim() ?? "";
    const url = addressOf(get("URL"));
    if (url === null) {
      wrong.push(`CHANNEL_${name}_URL must be an address that begins with https:// (http:// for this machine alone)`);
      continue;
    }
    const kind = get("KIND") || (url.hostname === "hooks.slack.com" ? "slack" : "webhook");
    const readers = get("READERS") || "members";
    if (!isKind(kind)) wrong.push(`CHANNEL_${name}_KIND must be one of ${Object.keys(KINDS).join(", ")}`);
    else if (readers !== "members" && readers !== "anybody")
      wrong.push(`CHANNEL_${name}_READERS must be one of members, anybody`);
    else {
      const allowed = get("FOR")
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((one) => one !== "");
      channels.set(name, {
        kind,
        url,
        secret: get("SECRET") || null,
        allowed: allowed.length > 0 ? allowed : null,
        isPublic: readers === "anybody",
      });
    }
  }
  return { channels, wrong };
}

const THIS_MACHINE: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

function addressOf(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && THIS_MACHINE.has(url.hostname));
  // A name and password in it would be sent nowhere.
  return isSafe && url.username === "" && url.password === "" ? url : null;
}
