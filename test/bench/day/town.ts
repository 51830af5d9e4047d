/**
 * The organisations of a simulated day, what their people do in it, and what must stand on the emulated GitHub after it. What happens
 * is the same in every organisation and each time; only the minute is drawn, by a seed.
 */
import { Emulator } from "../../../emulator/emulator.js";
import type { RepositoryHandle } from "../../../emulator/handles.js";
import type { Comment } from "../../../emulator/world.js";
import {
  markerData,
  markerKey,
  parseItemMarker,
  parseNudgeMarker,
  parseStatusMarker,
} from "../../../src/render/marker.js";
import { numbers } from "../documents.js";

/** Every tenth organisation is large. */
const LARGE_EVERY = 10;
const ITEMS = 5;
/** Of a hundred deeds of the day, so many are lost on the way to the App: no delivery of them comes, and none is in GitHub's log. */
const LOST_OF_100 = 4;
const PEOPLE = ["ada", "lisa", "dev"];
const PUSHES_A_REPOSITORY = 2;
const TALK = 10;

/** Sunday evening; the working day is Monday, with the weekly digest at nine. */
const SUNDAY = new Date("2024-09-15T18:00:00Z");

/** How large a day is. */
export interface Size {
  readonly installations: number;
  /** Of its working part. */
  readonly hours: number;
  /** Repositories of a large organisation, which are not swept hourly (docs/adr/0033), and of each other one. */
  readonly repositories: { readonly large: number; readonly small: number };
}

interface Organisation {
  readonly repositories: readonly RepositoryHandle[];
  /** Where its postmortems are. */
  readonly home: RepositoryHandle;
  /** The pull requests that brought them: Sunday's, and Monday's. */
  readonly pulls: number[];
}

/** Something a person does. */
export interface Deed {
  /** Minutes after the working day began. */
  readonly minute: number;
  readonly what: "push" | "talk" | "propose" | "merge" | "command" | "close" | "tick";
  do(): void;
}

/** `detail`: null where it holds. */
export interface Found {
  readonly name: string;
  readonly detail: string | null;
}

function postmortem(title: string, due: string, done: readonly number[] = []): string {
  const rows = Array.from(
    { length: ITEMS },
    (_, n) =>
      `- [${done.includes(n) ? "x" : " "}] Fix part ${n} of the ${title} (@${PEOPLE[n % PEOPLE.length]}, due ${due})`,
  );
  return `# Outage of the ${title}\n\n**Date:** 2024-09-12\n\n## Action items\n\n${rows.join("\n")}\n`;
}

export class Town {
  /** Deeds of which no delivery came. */
  lost = 0;
  /** Milliseconds from a merge that was told to its status comment. */
  readonly answered: number[] = [];
  readonly #organisations: readonly Organisation[];
  readonly #merged = new Map<string, number>();
  readonly #below = numbers(20_240_916);
  #losing = false;

  private constructor(
    readonly gh: Emulator,
    organisations: readonly Organisation[],
  ) {
    this.#organisations = organisations;
    gh.onRequest = (phase, { method, path }) => {
      const [, commented] =
        (phase === "after-commit" && method === "POST" && /^\/repos\/(.+)\/comments$/.exec(path)) || [];
      const mergedAt = this.#merged.get(commented ?? "");
      if (commented === undefined || mergedAt === undefined) return;
      this.#merged.delete(commented);
      this.answered.push(performance.now() - mergedAt);
    };
  }

  /** So many organisations with the App just installed; nobody was told so, as where the service was down. */
  static async build({ installations, repositories: sizes }: Size): Promise<Town> {
    const gh = await Emulator.start({ now: () => SUNDAY, webhookSecret: "a-secret-of-the-benchmark" });
    gh.webhooks.drop = () => true;
    const organisations = Array.from({ length: installations }, (_, n) => {
      const login = `org-${n}`;
      gh.organisation(login, { members: PEOPLE });
      const count = n % LARGE_EVERY === 0 ? sizes.large : sizes.small;
      const members = { ada: "write", lisa: "write", dev: "triage" } as const;
      const repositories = Array.from({ length: count }, (_, r) => gh.repository(`${login}/r${r}`, { members }));
      const [home] = repositories;
      if (!home) throw new Error("an organisation has repositories");
      gh.installApp({ account: login });
      home.as("dev").openIssue({ title: "Where do we talk?" });
      return { repositories, home, pulls: [] };
    });
    return new Town(gh, organisations);
  }

  get repositories(): number {
    return this.#organisations.reduce((sum, { repositories }) => sum + repositories.length, 0);
  }

  /** From now on the App is told, but for what is lost. */
  listen(): void {
    this.gh.webhooks.drop = () => this.#losing;
  }

  /** What is known before the day: one postmortem each, of which all is due on Sunday. */
  sunday(): void {
    for (const organisation of this.#organisations) {
      const number = this.#propose(organisation, "cache", "2024-09-15");
      organisation.home.as("ada").mergePull(number);
    }
  }

  /** What people do in a working day of so many hours, in order. */
  deeds(hours: number): Deed[] {
    const deeds = this.#organisations.flatMap((organisation) => this.#deedsOf(organisation, hours * 60));
    return deeds.sort((a, b) => a.minute - b.minute);
  }

  /** Lets a deed happen; now and then nobody is told. */
  happen({ what, do: happen }: Deed): void {
    this.#losing = what !== "talk" && this.#below(100) < LOST_OF_100;
    if (this.#losing) this.lost++;
    happen();
    this.#losing = false;
  }

  #deedsOf(organisation: Organisation, minutes: number): Deed[] {
    const { repositories, home } = organisation;
    /** A minute of so many hundredths of the day. */
    const at = (from: number, to: number) => Math.floor(((from + this.#below(to - from)) * minutes) / 100);
    const [ada, lisa, dev] = [home.as("ada"), home.as("lisa"), home.as("dev")];
    const talk = home.issues[0]?.number ?? 0;
    const issueOf = (n: number) =>
      home.issues.find(({ title }) => title.startsWith(`Fix part ${n} of the cache`))?.number ?? 0;
    const propose = at(5, 40);
    return [
      ...repositories.flatMap((repository) =>
        Array.from(
          { length: PUSHES_A_REPOSITORY },
          (_, n): Deed => ({
            minute: at(0, 100),
            what: "push",
            do: () => void repository.as("dev").pushDirect({ [`src/${n}.ts`]: `export const n = ${n};\n` }),
          }),
        ),
      ),
      ...Array.from(
        { length: TALK },
        (): Deed => ({ minute: at(0, 100), what: "talk", do: () => void lisa.comment(talk, "Seen it, thanks.") }),
      ),
      { minute: propose, what: "propose", do: () => void this.#propose(organisation, "queue", "2024-10-18") },
      {
        minute: propose + 60,
        what: "merge",
        do: () => {
          const number = organisation.pulls[1] ?? 0;
          ada.mergePull(number);
          if (!this.#losing) this.#merged.set(`${home.fullName}/issues/${number}`, performance.now());
        },
      },
      {
        minute: at(20, 90),
        what: "command",
        do: () => void ada.comment(issueOf(0), "/due 2024-10-04 the vendor is late"),
      },
      { minute: at(20, 90), what: "command", do: () => void lisa.comment(issueOf(1), "/waive the vendor does it") },
      { minute: at(20, 90), what: "close", do: () => dev.closeIssue(issueOf(2)) },
      {
        minute: at(20, 90),
        what: "tick",
        do: () => void ada.pushDirect({ "postmortems/cache.md": postmortem("cache", "2024-09-15", [3]) }),
      },
    ];
  }

  #propose({ home, pulls }: Organisation, title: string, due: string): number {
    const { number } = home
      .as("ada")
      .proposeFiles({ [`postmortems/${title}.md`]: postmortem(title, due) }, `Outage of the ${title}`);
    pulls.push(number);
    return number;
  }

  /** Whether everything that was promised stands on GitHub, once. */
  findings(): Found[] {
    const wanted = { issues: 0, status: 0, nudges: 0, digests: 0, weeks: 0, thumbs: 0, replies: 0, closed: 0 };
    const twice: string[] = [];
    let checks = 0;
    const missing = new Map<keyof typeof wanted, string[]>();
    const expect = (what: keyof typeof wanted, where: string, found: number, many: number) => {
      wanted[what] += found;
      if (found > many) twice.push(`${what} in ${where}: ${found} instead of ${many}`);
      if (found < many) missing.set(what, [...(missing.get(what) ?? []), where]);
    };
    for (const { home, pulls } of this.#organisations) {
      const where = home.fullName;
      const own = [...home.state.comments.values()].filter(({ viaApp }) => viaApp);
      const issues = home.issues.filter(({ viaApp }) => viaApp);
      const items = issues.flatMap(({ body }) => parseItemMarker("item", body ?? "")?.item.id ?? []);
      expect("issues", where, items.length, 2 * ITEMS);
      if (new Set(items).size < items.length) twice.push(`an item's issue in ${where}`);
      expect("status", where, own.filter(({ body }) => parseStatusMarker(body)).length, 2);
      for (const pull of pulls)
        if (own.filter(({ issue, body }) => issue.number === pull && parseStatusMarker(body)).length !== 1)
          twice.push(`the status comment of ${where}#${pull}`);
      const nudged = own.flatMap(({ body }) => {
        const nudge = parseNudgeMarker(body);
        return nudge ? [nudge, ...nudge.also].map(({ item, n }) => `${item} ${n}`) : [];
      });
      expect("nudges", where, new Set(nudged).size, ITEMS);
      if (new Set(nudged).size < nudged.length) twice.push(`a nudge in ${where}`);
      expect("digests", where, issues.filter(({ body }) => markerData(body ?? "", "digest")).length, 1);
      expect("weeks", where, own.filter(({ body }) => markerKey(body, "digest-week")).length, 1);
      const commands = [...home.state.comments.values()].filter(({ body, viaApp }) => !viaApp && body.startsWith("/"));
      expect(
        "thumbs",
        where,
        commands.reduce((sum, { reactions }) => sum + reactions.length, 0),
        2,
      );
      expect("replies", where, repliesTo(own), 1);
      const closed = issues.filter(({ state, body }) => state === "closed" && parseItemMarker("item", body ?? ""));
      expect("closed", where, closed.length, 3);
      const made = [...home.state.checkRuns.values()].length;
      checks += made;
      if (made > 2) twice.push(`a check in ${where}`);
    }
    const lacking = [...missing].map(([what, where]) => `${what} in ${where.slice(0, 3).join(", ")} (${where.length})`);
    const counted = Object.entries({ ...wanted, checks }).map(([what, found]) => `${found} ${what}`);
    return [
      { name: `nothing twice: ${counted.join(", ")}`, detail: twice.length > 0 ? twice.slice(0, 5).join("; ") : null },
      { name: "nothing missing", detail: lacking.length > 0 ? lacking.join("; ") : null },
      { name: "no request GitHub does not know", detail: first(this.gh.violations) },
      { name: "no limit exceeded", detail: first(this.gh.limitBreaches) },
    ];
  }
}

const first = (list: readonly unknown[]): string | null =>
  list.length > 0 ? `${list.length}, such as ${JSON.stringify(list[0])}` : null;

const repliesTo = (comments: readonly Comment[]): number =>
  comments.filter(({ body }) => markerKey(body, "reply") !== null).length;
