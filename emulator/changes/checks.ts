/** What the App can do with a check run: start it, report, add annotations. */
import type { Body } from "../call.js";
import { refuseUnemulated, validationFailed } from "../errors.js";
import { repositoryHtml, stamp } from "../represent/base.js";
import { checkRunTold } from "../represent/code.js";
import type { CheckRun, Repository, World } from "../world.js";
import { tell } from "./tell.js";

/** What a creation and an update may both say. */
type Both = "name" | "details_url" | "external_id" | "started_at" | "status" | "conclusion" | "completed_at" | "output";
type Report = { [Name in Both]?: Body<"checks/update">[Name] | undefined };

export function createCheck(world: World, repository: Repository, input: Body<"checks/create">): CheckRun {
  if (!world.git.commits.has(input.head_sha)) {
    throw validationFailed({ resource: "CheckRun", field: "head_sha", code: "invalid" });
  }
  const run: CheckRun = {
    id: world.nextId(),
    suiteId: suiteOf(world, repository, input.head_sha),
    name: input.name,
    headSha: input.head_sha,
    externalId: null,
    detailsUrl: null,
    status: "queued",
    conclusion: null,
    startedAt: stamp(world.clock.now()),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
  };
  report(world, repository, run, input);
  repository.checkRuns.set(run.id, run);
  tell(world, repository, world.app.bot, "check_run", "created", { check_run: checkRunTold(world, repository, run) });
  return run;
}

export function updateCheck(world: World, repository: Repository, run: CheckRun, input: Report): void {
  const before = run.status;
  report(world, repository, run, input);
  if (run.status !== "completed" || before === "completed") return;
  tell(world, repository, world.app.bot, "check_run", "completed", { check_run: checkRunTold(world, repository, run) });
}

/** The App has one check suite a commit. */
function suiteOf(world: World, repository: Repository, sha: string): number {
  return [...repository.checkRuns.values()].find((r) => r.headSha === sha)?.suiteId ?? world.nextId();
}

/** Takes over what a request says. Annotations add up over updates; everything else is replaced. */
function report(world: World, repository: Repository, run: CheckRun, input: Report): void {
  if (input.status === "completed" && input.conclusion === undefined) {
    throw validationFailed({ resource: "CheckRun", field: "conclusion", code: "missing_field" });
  }
  if (input.conclusion === "stale")
    throw validationFailed({ resource: "CheckRun", field: "conclusion", code: "invalid" });
  run.name = input.name ?? run.name;
  run.externalId = input.external_id ?? run.externalId;
  run.detailsUrl = input.details_url ?? run.detailsUrl;
  run.startedAt = input.started_at ?? run.startedAt;
  run.status = input.conclusion === undefined ? (input.status ?? run.status) : "completed";
  run.conclusion = run.status === "completed" ? (input.conclusion ?? run.conclusion) : null;
  run.completedAt = run.status === "completed" ? (input.completed_at ?? stamp(world.clock.now())) : null;
  const { output } = input;
  if (output === undefined) return;
  run.title = output.title ?? run.title;
  run.summary = output.summary;
  run.text = output.text ?? run.text;
  refuseUnemulated({ images: output.images });
  const blob = `${repositoryHtml(world, repository)}/blob/${run.headSha}`;
  for (const note of output.annotations ?? []) {
    run.annotations.push({
      path: note.path,
      start_line: note.start_line,
      end_line: note.end_line,
      start_column: note.start_column ?? null,
      end_column: note.end_column ?? null,
      annotation_level: note.annotation_level,
      title: note.title ?? null,
      message: note.message,
      raw_details: note.raw_details ?? null,
      blob_href: `${blob}/${note.path}`,
    });
  }
}
