/** English words by which work, its kinds, and those who do it are told apart. */
import { type Language, list } from "../types.js";

export const EN_WORDS: Pick<Language, "types" | "teams" | "subjects" | "verbs"> = {
  types: {
    prevent: ["prevent(?:ion|ive|ative|s)?", "avoid(?:ance)?"],
    detect: ["detect(?:ion|ive)?", "monitor(?:ing)?", "alert(?:ing)?", "observability"],
    mitigate: ["mitigat(?:e|ion|ive|ing)", "repair", "recover(?:y)?", "remediat(?:e|ion)", "response", "corrective"],
    process: [
      "process(?:es)?(?: improvements?)?",
      "procedural",
      "training",
      "documentation",
      "cultural",
      "communications?",
    ],
  },
  teams: [
    "teams?",
    "squad",
    "tribe",
    "chapter",
    "guild",
    "group",
    "dept",
    "department",
    "crew",
    "sre",
    "sres",
    "devops",
    "ops",
    "qa",
    "eng",
    "engineering",
    "it",
    "vendor",
    "on ?call",
    "oncall",
    "everyone",
    "all",
    "leads?",
    "managers?",
    "em",
    "ems",
    "devs?",
    "developers?",
    "admins?",
    "support",
    "legal",
    "dba",
    "dbas",
    "secops",
    "infosec",
    "noc",
  ],
  subjects: list(
    "api app apps backend frontend client server servers code cloud cluster clusters config configs cost data " +
      "database databases db dns cdn ci cd cicd ui ux vpn ssl tls aws gcp azure k8s kubernetes lb vm sql sso iam " +
      "os sla slo slos mvp ai ml rca hr pr prs docs doc docker alerts alert metrics logs dashboards dashboard " +
      "deploys deploy release releases rollback rollout failover backup backups disk memory cpu network storage " +
      "cache queue queues load traffic capacity limits quota tests test tools tool runbook runbooks playbook " +
      "playbooks policy policies process processes people product quality review reviews risk risks safety culture " +
      "design platform system systems service services software hardware internal external general misc other " +
      "others technical tech operational operations organizational procedural cultural human key main new old next " +
      "future further first second third high medium low critical major minor urgent important optional additional " +
      "proposed planned long short term mid phase step steps stage week month quarter sprint day days todo done " +
      "doing wip open closed pending backlog detect prevent mitigate respond recover improve fix fixes add update " +
      "create implement investigate root cause causes impact action actions item items task tasks issue issues bug " +
      "bugs problem problems incident incidents project prevention early better best enhanced improved automated " +
      "automatic manual regular strict for the to in on with by a an no not all any more see note notes summary " +
      "status priority owner both same grafana prometheus terraform redis postgres mysql nginx kafka slack github " +
      "gitlab jira pagerduty datadog sentry linux windows java python node helm ansible jenkins elasticsearch " +
      "mongodb cloudflare optimism stretch",
  ),
  verbs: {
    sure: [
      // Formalise, standardize, clarify.
      "(?!(?:other|like|contrari)wise|enterprise|exercise|expertise|franchise|precise|concise|noise|promise|premise|prize|size)[a-z]{4,}(?:is|iz)e",
      "[a-z]{3,}ify",
      ...list(
        "add adjust adopt align allow apply ask assess assign automate avoid begin bind bring bump carry centralize " +
          "clarify cleanup communicate configure conduct confirm consider consolidate continue coordinate create " +
          "define delete deploy deprecate determine develop disable discuss distribute download educate eliminate " +
          "enable encourage enforce engage enhance ensure establish evaluate examine expand explore extend extract " +
          "file finalize find follow formalize get give harden have help hire hold identify implement improve include " +
          "incorporate increase inform install instrument integrate introduce invest investigate invite isolate keep " +
          "learn leverage look maintain make measure migrate minimize mitigate modify move notify onboard optimize " +
          "organize parse perform pin place prepare prevent prioritize propose provide provision publish pull purchase " +
          "put raise re-enable read rebuild reconfigure reconsider reduce reevaluate refactor refine reintroduce " +
          "remind remove rename reorganize replace reproduce require reset resolve restrict rethink revert revisit " +
          "rewrite rework roll rotate run schedule scale secure send separate setup share shorten show simplify speak " +
          "split stagger standardize start stop store streamline strengthen stop stress submit suggest switch take " +
          "talk teach tell think tighten train transition try tune turn understand uninstall unify upgrade use utilize " +
          "validate verify write",
      ),
    ],
    others: list(
      "alert audit back backup block build call change check clean close code commit control cut document draft " +
        "drop edit enhanced escalate exercise expose fix force gather guard handle host limit link list log lower " +
        "map merge monitor name need open patch plan post practice probe process push rate record reflect release " +
        "report research restore review rollback sample scan search set ship spike stage standardise support sync " +
        "tag test tidy trace track transfer trigger update warn watch",
    ),
  },
};
