/** The story itself, scene by scene: what people do, and what Follow-Through makes of it. */

import type { Issue } from "../emulator/world.js";
import { addDays, type PlainDate, weekday } from "../src/calendar.js";
import { count, day } from "../src/render/words.js";
import { dated, documentText } from "./documents.js";
import { REPOSITORY, type Stage } from "./stage.js";
import type { FileView, Telling } from "./telling.js";

/** Tells it from beginning to end. Throws with what did not happen as it should. */
export async function tellStory(stage: Stage, tell: Telling, today: PlainDate): Promise<void> {
  const scene = { stage, tell, today };
  await install(scene);
  const cards = await mergeTwo(scene);
  await peopleAct(scene, cards);
  await planChanges(scene, cards);
  await moreTime(scene);
  await required(scene);
  const older = await powerCut(scene);
  const monday = mondayAfter(addDays(today, 11));
  const friday = addDays(monday, -3);
  await overdue(scene, friday);
  await lostWebhook(scene, friday, older);
  await again(scene, friday);
  await digest(scene, monday);
}

interface Scene {
  readonly stage: Stage;
  readonly tell: Telling;
  readonly today: PlainDate;
}

async function install({ stage, tell, today }: Scene): Promise<void> {
  tell.scene("Follow-Through is installed on acme/shop");
  tell.say(
    "A local GitHub is up, with the organisation **acme**, its people Ana, Lisa, Dev and Noor, and their repository **acme/shop**. The built service (`node dist/main.js`) runs beside it and learns of things by signed webhooks. The repository's policy says who is who:",
  );
  tell.file(".github/follow-through.yml", documentText("follow-through.yml", today));
  await stage.service.start();
  stage.github.installApp({ on: [REPOSITORY], by: "ana" });
  await stage.settle();
}

/** Returns the pull request, where the status comment stands. */
async function mergeTwo(scene: Scene): Promise<Issue> {
  const { stage, tell } = scene;
  tell.scene("Ana merges two postmortems");
  const files = [newFile(scene, -6, "card-payments"), newFile(scene, -4, "stale-prices")];
  const pull = openPull(scene, "ana", "Postmortems: card payments, stale prices", files);
  await stage.settle();
  tell.say("Before she merges them, a check says what that will do, and what to fix first:");
  tell.check(stage.check(pull), pull);
  expectThat(stage.trackingIssues.length === 0, "nothing is opened before the merge");
  merge(scene, "ana", pull);
  await stage.settle();
  const issues = stage.trackingIssues;
  expectThat(issues.length > 0, "tracking issues are opened");
  tell.remember(issues);
  tell.say(
    `Moments later there is an issue for every action item that is still open, ${issues.length} in all. Each says what is to be done, by whom, by when, and where that comes from:`,
  );
  tell.issue(stage.issue("more than 80% busy"));
  tell.say("One status comment on the pull request keeps count of them:");
  tell.comment(stage.status(pull.number));
  return pull;
}

async function peopleAct({ stage, tell }: Scene, cards: Issue): Promise<void> {
  tell.scene("People get to work");
  const alert = stage.issue("more than 80% busy");
  stage.repository.as("lisa").comment(alert.number, "The alert is live. Tested it by filling the pool in staging.");
  stage.repository.as("lisa").closeIssue(alert.number);
  tell.deed("lisa", `closes #${alert.number} “${alert.title}”.`);
  const banner = stage.issue("banner for");
  stage.repository.as("ana").assign(banner.number, "noor");
  tell.deed("ana", `has found somebody for #${banner.number} “${banner.title}”: she assigns noor.`);
  await stage.settle();
  tell.say("The status comment is edited in place. Of an edit, this page shows what changed:");
  tell.comment(stage.status(cards.number));
}

async function planChanges(scene: Scene, cards: Issue): Promise<void> {
  const { stage, tell, today } = scene;
  tell.scene("The plan changes");
  const { path, text } = newFile(scene, -6, "card-payments");
  const edited = [
    [dated("@dev - Due {{short 6}}", today), dated("@dev - Due {{short 17}}", today)],
    ["- [ ] Write down what", "- [x] Write down what"],
  ].reduce((before, [from = "", to = ""]) => before.replace(from, to), text);
  await mergePull(scene, "dev", "Second acquirer: more time; error codes: done", [
    { path, before: text, text: edited },
  ]);
  tell.say(
    "The issues follow the document: the date moves, and the first one stays on record. What is ticked is closed.",
  );
  const second = stage.issue("second acquirer");
  expectThat(second.body?.includes(day(addDays(today, 17))) ?? false, "the moved date reaches the issue");
  expectThat(stage.issue("error codes").state === "closed", "the ticked item's issue is closed");
  tell.issue(second);
  tell.comment(stage.status(cards.number));
}

async function moreTime({ stage, tell }: Scene): Promise<void> {
  tell.scene("Noor asks for more time");
  const { number } = stage.issue("banner for");
  const noor = stage.repository.as("noor");
  const asked = noor.comment(number, "/dew in 8 weeks the new design comes first");
  tell.comment(asked);
  await stage.settle();
  const answer = stage.lastComment(number);
  expectThat(
    answer.body.includes("`/due DATE [reason]`"),
    "a slip of the pen is answered with the command that is meant",
  );
  tell.comment(answer);
  const meant = "/due in 8 weeks the new design comes first";
  noor.editComment(asked.id, meant);
  tell.deed("noor", `edits her comment into “${meant}”.`);
  await stage.settle();
  const { reactions } = stage.comments.find(({ id }) => id === asked.id) ?? asked;
  expectThat(reactions.length === 1, "a command that was carried out gets a 👍");
  expectThat(stage.lastComment(number).id === answer.id, "the answer is edited in place");
  tell.say("Her comment gets a 👍, and the answer becomes the day that her words came to:");
  tell.comment(stage.lastComment(number));
  tell.say("The date is moved, with who and why; from then on the issue's word stands:");
  tell.issue(stage.issue("banner for"));
}

async function required(scene: Scene): Promise<void> {
  const { stage, tell, today } = scene;
  tell.scene("Ana wants the check to be required");
  const policy = documentText("follow-through.yml", today);
  await mergePull(scene, "ana", "Follow-Through answers on every pull request", [
    { path: ".github/follow-through.yml", before: policy, text: `${policy.trimEnd()}\ncheck: always\n` },
  ]);
  const text = "# shop\n\nIt sells things.\n";
  const pull = stage.repository.as("lisa").proposeFiles({ "README.md": text }, "Say what the shop is");
  tell.deed("lisa", `opens pull request #${pull.number} “${pull.title}”, without a postmortem.`);
  await stage.settle();
  const check = stage.check(pull);
  expectThat(check.conclusion === "success", "the check is green where there is no postmortem");
  tell.say(
    "From now on every pull request gets the check, with a postmortem in it or not. So nobody waits for it in vain:",
  );
  tell.check(check, pull);
}

/** Returns the pull request that was being merged. */
async function powerCut(scene: Scene): Promise<Issue> {
  const { stage, tell } = scene;
  const { github, service } = stage;
  tell.scene("The power fails in the middle of a merge");
  const before = new Set(stage.trackingIssues);
  const cut = new Promise<void>((resolve) => {
    let made = 0;
    github.onRequest = async (phase, { method, template }) => {
      if (phase !== "after-commit" || method !== "POST" || template !== "/repos/{owner}/{repo}/issues") return;
      made++;
      if (made === 3) await service.kill().then(resolve);
    };
  });
  const files = [
    newFile(scene, -9, "checkout-timeouts"),
    newFile(scene, -8, "stock-import"),
    newFile(scene, -7, "caida-buscador"),
  ];
  const pull = openPull(scene, "noor", "Three older postmortems, one of them in Spanish", files);
  merge(scene, "noor", pull);
  await cut;
  tell.say(
    "`kill -9`: GitHub has just made the third issue, and the service is gone before it learns of it. It is started again; once the dead one's claim on the work has run out (15 seconds at most), it looks for what it had begun, and goes on.",
  );
  await service.start();
  await stage.settle();
  const opened = stage.trackingIssues.filter((issue) => !before.has(issue));
  const status = stage.status(pull.number);
  const linked = new Set([...status.body.matchAll(/\/issues\/(\d+)\)/g)].map(([, number]) => Number(number)));
  expectThat(opened.length >= 3 && linked.size === opened.length, "every item has its issue, once");
  expectThat(new Set(opened.map(({ title }) => title)).size === opened.length, "no issue is there twice");
  tell.say(`Each of the ${opened.length} open items has its issue, and none has two:`);
  tell.comment(status);
  await redeliver(scene);
  return pull;
}

/** Every delivery of the day comes once more, as when an operator presses “Redeliver” on all of them. */
async function redeliver({ stage, tell }: Scene): Promise<void> {
  const { github } = stage;
  const deliveries = [...github.webhooks.log];
  const from = github.requests.length;
  for (const delivery of deliveries) github.webhooks.redeliver(delivery);
  await stage.settle();
  const spent = github.requests.slice(from);
  // A 👍 that is there already is answered with 200, and is no second one.
  const isThere = ({ template, status }: (typeof spent)[number]) => template.endsWith("/reactions") && status === 200;
  const writes = spent.filter(
    (request) => request.method !== "GET" && !request.template.startsWith("/app/") && !isThere(request),
  );
  expectThat(writes.length === 0, "webhooks that come again change nothing");
  tell.say(
    `To be sure, all ${deliveries.length} webhooks so far are delivered once more: the service looks again with ${count(spent.length, "request")}, and changes nothing.`,
  );
}

async function overdue(scene: Scene, friday: PlainDate): Promise<void> {
  const { stage, tell } = scene;
  tell.scene(`Time passes: it is ${day(friday)}`);
  stage.github.clock.set(morning(friday));
  const from = stage.comments.length;
  await command(scene, "run", "nudges", "--repo", REPOSITORY, "--now", morning(friday));
  const nudges = stage.comments.slice(from);
  const [first] = nudges;
  const question = nudges.find(({ body }) => body.includes("lacks an owner or a date"));
  if (!first || !question) throw new Error("The overdue items and those without an owner do not get their comments.");
  tell.say("Whoever is late gets one comment, which names all that is theirs:");
  tell.comment(first);
  tell.say("What nobody owns is asked of the postmortem's author:");
  tell.comment(question);
  await stage.service.command("run", "nudges", "--repo", REPOSITORY, "--now", morning(friday));
  expectThat(stage.comments.length === from + nudges.length, "nobody is reminded twice");
  tell.say("Run once more, it writes nothing: each of them is asked once.");
}

async function lostWebhook(scene: Scene, friday: PlainDate, older: Issue): Promise<void> {
  const { stage, tell } = scene;
  tell.scene("GitHub loses a webhook");
  const { webhooks } = stage.github;
  webhooks.drop = () => true;
  const before = stage.status(older.number).body;
  const retries = stage.issue("Retry calls");
  stage.repository.as("dev").closeIssue(retries.number);
  webhooks.drop = () => false;
  tell.deed("dev", `closes #${retries.number} “${retries.title}”, and the webhook that should tell of it never comes.`);
  tell.say("The hourly sweep sees it all the same:");
  await command(scene, "run", "sweep", "--repo", REPOSITORY, "--now", morning(friday));
  const after = stage.status(older.number);
  expectThat(after.body !== before, "the status comment shows what no webhook told of");
  tell.comment(after);
}

async function again(scene: Scene, friday: PlainDate): Promise<void> {
  const { stage, tell } = scene;
  tell.scene("It happens again");
  const pull = openPull(scene, "dev", "Postmortem: card payments, again", [
    newFile({ ...scene, today: friday }, -1, "cards-again"),
  ]);
  await stage.settle();
  const check = stage.check(pull);
  expectThat(check.summary?.includes("Possibly related") ?? false, "the check names what happened before");
  expectThat(check.summary?.includes("was promised there") ?? false, "it names what was promised and left open");
  tell.say("Before anybody asks, the check says what happened before, and what was promised then and is still open:");
  tell.check(check, pull);
  const promised = stage.issue("Switch to the second acquirer");
  merge(scene, "dev", pull);
  await stage.settle();
  const twin = stage.trackingIssues.at(-1);
  expectThat(twin !== undefined && twin.title === promised.title, "what is promised again has an issue of its own");
  if (twin === undefined) return;
  tell.say(`Its second item is the work of #${promised.number}, and has an issue of its own now. Dev says so:`);
  tell.comment(stage.repository.as("dev").comment(twin.number, `/same-as #${promised.number}`));
  await stage.settle();
  expectThat(twin.state === "closed" && twin.stateReason === "duplicate", "a duplicate is closed as one");
  expectThat(promised.state === "open", "the work goes on in the other issue");
  tell.say(`It is closed as a duplicate, and the work goes on in #${promised.number}:`);
  tell.comment(stage.status(pull.number));
}

async function digest(scene: Scene, monday: PlainDate): Promise<void> {
  const { stage, tell } = scene;
  tell.scene(`${day(monday)}: the weekly digest`);
  stage.github.clock.set(morning(monday));
  await command(scene, "run", "digest", "--repo", REPOSITORY, "--now", morning(monday));
  const issue = stage.issue("Weekly digest");
  const posted = stage.comments.length;
  tell.comment(stage.lastComment(issue.number));
  await stage.service.command("run", "digest", "--repo", REPOSITORY, "--now", morning(monday));
  expectThat(stage.comments.length === posted, "the digest is posted once a week");
  tell.say(
    `One comment a week, in one issue to subscribe to: #${issue.number}. Its own text is renewed as things change.`,
  );
}

async function mergePull(scene: Scene, who: string, title: string, files: readonly FileView[]): Promise<Issue> {
  const pull = openPull(scene, who, title, files);
  merge(scene, who, pull);
  await scene.stage.settle();
  return pull;
}

function openPull({ stage, tell }: Scene, who: string, title: string, files: readonly FileView[]): Issue {
  const texts = Object.fromEntries(files.map(({ path, text }) => [path, text]));
  const pull = stage.repository.as(who).proposeFiles(texts, title);
  tell.pull(pull, files);
  return pull;
}

function merge({ stage, tell }: Scene, who: string, pull: Issue): void {
  stage.repository.as(who).mergePull(pull.number);
  tell.deed(who, `merges #${pull.number}.`);
}

async function command({ stage, tell }: Scene, ...args: readonly string[]): Promise<void> {
  tell.command(`follow-through ${args.join(" ")}`, await stage.service.command(...args));
}

function newFile({ today }: Scene, days: number, name: string): FileView {
  const path = `postmortems/${addDays(today, days)}-${name}.md`;
  return { path, before: null, text: documentText(`${name}.md.txt`, today) };
}

function mondayAfter(date: PlainDate): PlainDate {
  return addDays(date, (8 - weekday(date)) % 7 || 7);
}

const morning = (date: PlainDate): string => `${date}T08:00:00Z`;

function expectThat(so: boolean, what: string): void {
  if (!so) throw new Error(`It should be so that ${what}, and it is not.`);
}
