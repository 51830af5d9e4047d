/** Check runs and their annotations. */
import { answer, paged, type Route, repositoryRoute } from "../call.js";
import { createCheck, updateCheck } from "../changes/checks.js";
import { notFound, refuseUnemulated } from "../errors.js";
import { checkRunJson } from "../represent/app.js";
import type { CheckRun, Repository } from "../world.js";

const READ = [{ checks: "read" }] as const;
const WRITE = [{ checks: "write" }] as const;

function runOf(call: { repository: Repository; params: { check_run_id: string } }): CheckRun {
  const run = call.repository.checkRuns.get(Number(call.params.check_run_id));
  if (run === undefined) throw notFound();
  return run;
}

/** `filter=latest` keeps the newest run of each name, as GitHub does unless told otherwise. */
function latest(runs: CheckRun[]): CheckRun[] {
  return [...new Map(runs.map((run) => [run.name, run])).values()];
}

export const checkRoutes: readonly Route[] = [
  repositoryRoute("checks/create", WRITE, ({ world, repository, body }) => {
    refuseUnemulated({ actions: body.actions });
    return answer(201, checkRunJson(world, repository, createCheck(world, repository, body)));
  }),
  repositoryRoute("checks/update", WRITE, (call) => {
    const run = runOf(call);
    updateCheck(call.world, call.repository, run, call.body);
    return answer(200, checkRunJson(call.world, call.repository, run));
  }),
  repositoryRoute("checks/get", READ, (call) => {
    return answer(200, checkRunJson(call.world, call.repository, runOf(call)));
  }),
  repositoryRoute("checks/list-annotations", READ, (call) => answer(200, paged(call, runOf(call).annotations))),
  repositoryRoute("checks/list-for-ref", READ, (call) => {
    const { check_name, status, filter = "latest", app_id } = call.query;
    const sha = call.repository.branches.get(call.params.ref.replace(/^heads\//, "")) ?? call.params.ref;
    const all = [...call.repository.checkRuns.values()]
      .filter((r) => r.headSha === sha)
      .filter((r) => check_name === undefined || r.name === check_name)
      .filter((r) => status === undefined || r.status === status)
      .filter(() => app_id === undefined || app_id === call.world.app.id);
    const runs = filter === "all" ? all : latest(all);
    const check_runs = paged(call, runs).map((r) => checkRunJson(call.world, call.repository, r));
    return answer(200, { total_count: runs.length, check_runs });
  }),
];
