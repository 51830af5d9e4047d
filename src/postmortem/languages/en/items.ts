/** English words around the work of an item: who does it, how far it is, what it points to. */
import { type Language, list } from "../types.js";

export const EN_ITEMS: Required<Pick<Language, "items" | "owners" | "status" | "priority" | "references">> = {
  items: {
    numbered: ["step", "action", "item", "task", "ai", "action item"],
    numberedHeadings: ["(?:action|item|task|step|ai)(?: item)?"],
    counts: [
      "first(?:ly)?",
      "second(?:ly)?",
      "third(?:ly)?",
      "fourth(?:ly)?",
      "fifth",
      "finally",
      "lastly",
      "last but not least",
    ],
    calledOutright: ["ais?", "action (?:items?|points?)", "to-?dos?", "follow-?ups?"],
    called: ["action(?: item| point)?", "to-?do", "follow-?up", "next step", "task"],
    promises: [
      "to",
      "will",
      "shall",
      "(?:(?:is|are) going|agreed|agrees|plans?|promised|committed|volunteered|offered) to",
      "should(?! (?:not |also )?have\\b)",
    ],
    self: ["me", "myself"],
    notNames: [
      ...list("the an? we it this that they i you he she everyone everybody someone somebody anyone nobody all each"),
      // Things that are "to do" something: a script to clean, a way to restore.
      ...list(
        "scripts? tools? jobs? tests? alerts? alarms? checks? ways? options? abilit(?:y|ies) plans? process(?:es)?",
      ),
      ...list(
        "runbooks? features? mechanisms? commands? endpoints? pages? dashboards? monitors? polic(?:y|ies) guides?",
      ),
      ...list("procedures? systems? services? functions? methods? quer(?:y|ies) flags? buttons? docs? documents?"),
      ...list("tickets? tasks? meetings? training time need request support means permission access decision effort"),
      ...list("steps? code config rules? hooks? cron bots? limits? timeouts? work things? items? actions? budget"),
      ...list("exercises? drills? sessions? workshops? audits? reviews? simulations?"),
      // "Nice to have: …", "Important to note".
      ...list("nice good great important hard easy best better happy glad able ready due free likely sure interesting"),
    ],
    partsOfWork: [
      "fix",
      "mitigations?",
      "improvements?",
      "remediations?",
      "recommendations?",
      "measures?",
      "activity",
      "corrective",
      "preventive",
      "preventative",
    ],
    nominal: ["[a-z]{3,}(?:tion|ment|ing|val|ance|ence|grade) (?:of|to|for) \\S"],
    clauses: [
      ...list("in for when(?:ever)? during before after while where if as on from within"),
      "to (?:prevent|avoid)",
    ],
    notes: [
      "(?:grand )?totals?",
      "sum",
      "(?:both|all|same|same as above|ditto|see above|as above)(?: of (?:these|the above|them))?",
    ],
    everyday: [
      ...list("when who what date team lead leads links? p contact person for fix done schedule progress sla"),
      "when utc",
      ...list("issues? bugs? severity kind github url engineer driver timeline target n"),
    ],
    workColumns: [
      "actions?",
      "tasks?",
      "follow ?ups?",
      "to ?dos?",
      "remediations?",
      "countermeasures?",
      "next steps?",
      "(?:corrective|preventive) (?:actions?|measures?)",
    ],
    finishedColumns: ["(?:actual |date )?(?:complet|clos|finish|done)"],
  },
  owners: {
    audience: ["for"],
    together: ["together", "jointly"],
    nobody: [
      ...list("tbd tba tbc"),
      "n a",
      "na",
      "none",
      "no one",
      "nobody",
      "unassigned",
      "unknown",
      "not assigned",
      "to be .*",
      "open",
      "todo",
      "yet to be .*",
      "owner",
      "name",
    ],
    // Arabic names as English writes them.
    particles: ["al", "bin"],
    assigned: ["owner", "owned by", "assigned to", "assignee", "by", "dri", "lead", "team(?= @)"],
    others: ["reviewers?", "reviewed by", "cc", "approvers?", "approved by", "backup", "with"],
    before: ["to", "with", "from", "for", "of", "about"],
    bystanders: [
      "(?:reported|raised|suggested|found|noticed|requested|spotted|mentioned|approved|reviewed) by",
      "via",
      "from",
      "through",
      "thanks(?: to)?",
      "credits? (?:to|goes to)",
      "cc:?",
      "according to",
    ],
    sureTeams: ["\\bteam\\b"],
    betweenMentions: ["and"],
  },
  status: {
    shouted: {
      before: ["TO ?DO", "DONE", "WIP", "DOING", "FIXED", "COMPLETED?", "IN PROGRESS"],
      heading: ["TODO", "DONE"],
      anywhere: [
        "DONE",
        "FIXED",
        "COMPLETED?",
        "CLOSED",
        "RESOLVED",
        "TODO",
        "TO DO",
        "DOING",
        "OPEN",
        "WIP",
        "IN PROGRESS",
        "PENDING",
      ],
    },
    labels: [
      "done",
      "completed?",
      "todo",
      "to do",
      "in progress",
      "ongoing",
      "wip",
      "pending",
      "planned",
      "proposed",
      "scheduled",
    ],
    last: ["done", "todo", "in progress"],
    affirms: ["yes", "y", "done"],
    behindDone: ["on", "in", "by", "as of", "via", "at"],
    behindDoneAlone: ["in", "on", "by", "as of", "via", "with", "at", "since", "as part of"],
    already: ["already"],
  },
  priority: {
    numbered: ["p", "prio", "priority", "sev"],
    words: list("highest high medium low lowest critical urgent blocker minor major"),
    behind: ["prio(?:rity)?"],
    none: ["n a", "na", "none", "tbd", "tba", "unknown"],
  },
  references: {
    pointers: list(
      "see the this an? for here issues? prs? mr pull merge requests? tickets? github gitlab jira linear links? linked " +
        "bugs? trello tracking tracked in at on more details? discussion discussed story card task filed as and also " +
        "refs? reference related open opened created via with by fixed fix done commit rfc",
    ),
    pointerTexts: ["(?:see )?(?:issue|ticket|pr|pull request|jira)\\b.*\\bhere"],
    tracks: [
      "see",
      "cf",
      "refs?",
      "references?",
      "tracking",
      "(?:tracked|filed|open(?:ed)?|created|recorded|captured) (?:in|by|at|as|under|with)",
    ],
    kinds: list("issues? tickets? prs? mrs? bugs? jira incidents? pull story task card"),
    leansOn: list(
      "in of to for from with on by like than after and or before about against at as because behind between but during into nor " +
        "onto over per since through under until unless upon via when where while within without the a an this that these those " +
        "our its their is are was were be been being has have had not only also if off " +
        "fix(?:es|ed|ing)? revert(?:s|ed|ing)? clos(?:e|es|ed|ing) resolv(?:e|es|ed|ing) duplicat(?:e|es|ed|ing) " +
        "block(?:s|ed|ing) supersed(?:e|es|ed|ing) replac(?:e|es|ed|ing) undo(?:es|ing)? reopen(?:s|ed|ing)? merg(?:e|es|ed|ing) " +
        "backport(?:s|ed|ing)? reproduc(?:e|es|ed|ing) address(?:es|ed|ing)? implement(?:s|ed|ing)? caus(?:es|ed|ing) " +
        "complet(?:es|ed|ing) finish(?:es|ed|ing)?",
    ),
  },
};
