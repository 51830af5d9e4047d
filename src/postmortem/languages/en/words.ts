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
        "accelerate adapt add adjust administer adopt align allocate allow amend annotate announce append apply " +
          "approve arrange ask assess assign attach authenticate authorize automate avoid backfill begin bind bring " +
          "bump calculate cancel carry centralize clarify cleanup coalesce collect combine communicate compile " +
          "compute condense conduct configure confine confirm connect consider consolidate contain continue " +
          "contribute convert coordinate create curate debounce decide decommission decouple decrease dedicate " +
          "defer define delegate delete demote deploy deprecate derive describe detach detect determine develop " +
          "devise diagnose disable disallow discard disconnect discuss distribute download drain educate elevate " +
          "eliminate embed emit employ enable encapsulate encode encourage encrypt enforce engage enhance enlarge " +
          "enlist enrich enroll ensure establish evaluate evict examine exclude execute expand explore extend " +
          "externalize extract file finalize find flatten follow forbid formalize generate get give halve harden " +
          "have help hire hold identify ignore implement impose improve include incorporate increase inform inject " +
          "inspect install instruct instrument insulate integrate introduce invest investigate invite isolate " +
          "iterate join keep learn lengthen leverage look maintain make measure migrate minimize mitigate modify " +
          "move narrow negotiate notify obtain offload onboard optimize organize overhaul override oversee parse " +
          "perform persist pin place populate preload prepare preserve prevent prioritize procure prohibit promote " +
          "propose protect prove provide provision prune publish pull purchase put quarantine raise re-enable read " +
          "rebalance rebase reboot rebuild reconfigure reconsider recover recreate recruit redact redeploy redesign " +
          "redirect redo reduce reevaluate refactor refine regenerate register rehearse reinforce reinstall " +
          "reintroduce reissue reject relax relocate remediate remind remove rename render renew reorder reorganize " +
          "replace reproduce repurpose require reroute rerun reschedule reserve reset reshape resize resolve " +
          "respond restrict restructure retain retest rethink retire retrain retrofit revamp revert revise revisit " +
          "revoke rework rewrite roll rotate run scale schedule secure send separate setup share shorten show " +
          "shrink simplify simulate soften solicit speak specify split stagger standardize start stop store " +
          "streamline strengthen stress submit subscribe suggest suppress suspend swap switch take talk teach tell " +
          "terminate think throttle tighten train transform transition trim truncate try tune turn tweak unblock " +
          "understand undo unify uninstall unlock unpin unsubscribe upgrade use utilize validate verify vet " +
          "whitelist widen wipe withdraw wrap write",
      ),
    ],
    others: list(
      "alert archive audit back backport backup benchmark block build bundle call cap capture change check " +
        "clean close code commit control cover cut document double draft drill drop duplicate edit enhanced " +
        "escalate estimate exercise expose feed fix flag flip flush force freeze gate gather guard guide halt " +
        "handle hide host kill launch limit link lint list log lower manage map mark match merge mirror mock " +
        "monitor mount mute name need offer open partition patch pause pilot plan port post practice probe " +
        "process profile prompt prototype purge push rate record reflect release repair report research restart " +
        "restore retry return reuse review rollback route sample sandbox scan scope seal search seed serve set " +
        "shard shift ship shut sign silence skip sort spike spread stage standardise support survey sweep sync " +
        "tag test tidy toggle trace track transfer trigger triple troubleshoot update walk warm warn watch wire",
    ),
  },
};
