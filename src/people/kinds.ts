/** The kinds of channel there are; each is a file beside this one. */
import type { Kind } from "./channel.js";
import { slack } from "./slack.js";
import { webhook } from "./webhook.js";

export const KINDS = { slack, webhook } as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

export const isKind = (name: string): name is KindName => Object.hasOwn(KINDS, name);
