/** The scene of the story: an emulated GitHub with an organisation, its people and a repository, and the service beside it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Emulator } from "../emulator/emulator.js";
import type { RepositoryHandle } from "../emulator/handles.js";
import type { CheckRun, Comment, Issue } from "../emulator/world.js";
import { ServiceProcess } from "./service.js";

export const REPOSITORY = "acme/shop";

export class Stage {
  private constructor(
    readonly github: Emulator,
    readonly repository: RepositoryHandle,
    readonly service: ServiceProcess,
    readonly folder: string,
  ) {}

  /** Ana writes postmortems; Lisa, Dev and Noor are engineers. `policy` is the text of `.github/follow-through.yml`. */
  static async set(policy: string): Promise<Stage> {
    const github = await Emulator.start();
    const people = ["ana", "lisa", "dev", "noor"];
    github.organisation("acme", { members: people, teams: { payments: ["lisa", "noor"] } });
    const repository = github.repository(REPOSITORY, {
      members: { ana: "maintain", lisa: "write", dev: "write", noor: "write" },
      files: { "README.md": "# shop\n", ".github/follow-through.yml": policy },
    });
    const folder = await mkdtemp(join(tmpdir(), "follow-through-demo-"));
    const service = await ServiceProcess.on(github.environment, folder);
    github.webhooks.url = service.webhookUrl;
    return new Stage(github, repository, service, folder);
  }

  /** Waits until every webhook is answered and the service has done what they ask for. */
  async settle(): Promise<void> {
    await this.github.webhooks.settled();
    await this.service.idle();
  }

  /** Tracking issues, oldest first. */
  get trackingIssues(): Issue[] {
    return this.repository.issues.filter((issue) => issue.labels.some(({ name }) => name === "action-item"));
  }

  /** Every comment, oldest first. */
  get comments(): Comment[] {
    return [...this.repository.state.comments.values()];
  }

  /** The one issue whose title holds these words. */
  issue(words: string): Issue {
    const found = this.repository.issues.filter(({ title }) => title.includes(words));
    const [issue] = found;
    if (!issue || found.length > 1) throw new Error(`${found.length} issues instead of one are about “${words}”.`);
    return issue;
  }

  /** The one status comment on a pull request. */
  status(pull: number): Comment {
    const found = this.repository.comments(pull).filter(({ body }) => body.includes("follow-through:status"));
    const [comment] = found;
    if (!comment || found.length > 1)
      throw new Error(`${found.length} status comments instead of one are on #${pull}.`);
    return comment;
  }

  /** The one check run at a pull request's head. */
  check(pull: Issue): CheckRun {
    const found = this.repository.checks(pull.pull?.head.sha ?? "");
    const [run] = found;
    if (!run || found.length > 1) throw new Error(`${found.length} check runs instead of one are on #${pull.number}.`);
    return run;
  }

  /** The newest comment on an issue or pull request. */
  lastComment(number: number): Comment {
    const comment = this.repository.comments(number).at(-1);
    if (!comment) throw new Error(`#${number} has no comment.`);
    return comment;
  }

  /** Leaves nothing behind: no process, no folder. */
  async close(): Promise<void> {
    await this.service.close();
    await this.github.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
