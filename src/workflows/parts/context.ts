/** What every workflow is given. Nothing here is global: the composition root makes it, tests make their own. */
import type { GitHubApp } from "../../github/port.js";
import type { Log } from "../../jobs/log.js";
import type { Sending } from "../../people/send.js";
import type { ChannelsSettings } from "../../people/settings.js";
import type { Reader } from "../../reading/reader.js";
import type { Store } from "../../store/types.js";
import type { Libraries } from "./libraries.js";
import type { PolicyMemory } from "./policy-memory.js";

/** The channels there are, and what sends to them. */
export interface People extends Sending {
  readonly channels: ChannelsSettings;
}

export interface Context {
  readonly store: Store;
  readonly app: GitHubApp;
  readonly reader: Pick<Reader, "read">;
  /** The time that decides what is due: GitHub's, once it has told its own. `--now` sets it. */
  readonly now: () => Date;
  /** This machine's clock: for the work list, and for waiting. */
  readonly wall: () => Date;
  /** The time that GitHub told last (1970 before its first answer): what is compared with its timestamps goes by this alone. */
  readonly githubTime: () => Date;
  readonly log: Log;
  /** Whether somebody waits for this at a terminal: then what was refused a while ago is tried again now. */
  readonly eager?: boolean;
  /** By how much this machine's clock was ahead of GitHub's at its last answer; null before the first. */
  readonly clockAheadMs?: () => number | null;
  /** What is kept in memory of the organisations' postmortems, to find those that are alike; left out, it is read each time. */
  readonly libraries?: Libraries;
  /**
   * The repositories of whose projection this process knows that it is not behind GitHub, and from when on (in milliseconds) that is to be looked
   * at again; left out, it is each time.
   */
  readonly abreast?: Map<number, number>;
  /** What this process was told of policies; left out, they are asked for each time. */
  readonly policies?: PolicyMemory;
  /** The channels beside GitHub; left out, there are none. */
  readonly people?: People;
  /** The site's root for links, `https://github.com` or a GitHub Enterprise Server. */
  readonly web: string;
}
