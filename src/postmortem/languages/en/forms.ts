/** English words by which forms, and the facts of an incident, are told. */
import { type Language, list } from "../types.js";

export const EN_FORMS: Required<Pick<Language, "forms" | "placeholders" | "incident">> = {
  forms: {
    fileWords: list(
      "postmortems? post mortem incidents? report rca retro retrospective review blameless simple full basic default new " +
        "example sample root cause analysis sre team md markdown mdx template templates tmpl the and for of a",
    ),
    openings: ["templates?"],
    blankTitles: [
      "\\W*(?:the |an? )?(?:postmortem |incident |issue |outage |report )?(?:title|name)\\b(?! of the|\\s*:(?:\\s+[\\p{L}\\d]\\S*){3}).*",
      ".*\\be\\.?g\\b.*",
      ".*\\[(?:title|name|incident|date|service|insert|your|short|brief)[^\\]]*\\].*",
      ".*\\bYYYY\\b.*",
      "(?:name|title) of the .*",
    ],
  },
  placeholders: {
    fields: [
      ...list("owner name user(?:name)? login assignee responsible person team date due deadline"),
      "action(?: item)?",
      ...list("task description title link ticket issue priority insert your todo tbd placeholder"),
    ],
    before: ["the ", "your ", "an? "],
    behind: ["name", "here", "login"],
    instructions: [
      ...list("enter describe add list fill specify briefly"),
      "due date",
      ...list("item status service incident time x{2,} n\\/a"),
    ],
    items: ["action", "task", "item", "step", "todo", "follow[- ]?up"],
    itemParts: ["item", "point"],
    numbers: ["n", "one", "two", "three"],
    whole: [
      "description(?: of .*)?",
      "(?:describe|insert|enter|fill in|list|add) (?:the |your |any |all |an? )?(?:action|task|item|follow[- ]?up|next step)s?\\b.*(?:here)?",
      "e\\.?g\\.?[,:]? .*",
      "example.{0,40}",
      "(?:todo|tbd)[:\\s-]+(?:describe|fill|add|write|complete|insert).*",
      "(?:what|who|when) (?:needs|will|should|is going) .*\\?",
    ],
    titles: ["action item", ...list("action task item description todo tbd fixme example sample")],
    mentions: list("owner name username user person someone team handle assignee"),
    undecided: ["tbd", "todo"],
    date: { year: "YYYY", month: "MM", day: "DD" },
    dates: ["YYYY", "MM[/-]DD", "HH:MM"],
  },
  incident: {
    labels: {
      id: ["(?:incident|inc|postmortem|report|case|ticket)?(?: ?(?:id|number|no|nr|ref|reference|key|#))", "incident"],
      title: ["(?:incident |postmortem )?(?:title|name)"],
      date: [
        "date",
        "incident date",
        "date of (?:the )?(?:incident|outage|event)",
        "outage date",
        "incident (?:from|start(?:ed)?|began|start time|start date)",
        "start(?:ed)?(?: (?:at|date|time|on))?",
        "begin(?:ning)?",
        "began(?: at)?",
        "occurred(?: on| at)?",
        "date (?:and|of) (?:time|occurrence)",
        "date time",
        "when",
        "detected(?: at| on)?",
      ],
      severity: ["(?:incident )?(?:severity|sev|severity level|priority|priority level|criticality|impact level)"],
      services: [
        "(?:(?:affected|impacted) )?(?:services?|systems?|components?|products?|applications?|apps?)(?: (?:affected|impacted|involved))?",
      ],
      tags: ["tags?", "labels?", "keywords?"],
    },
    ids: ["INC", "INCIDENT", "PM", "RCA", "OUTAGE", "POSTMORTEM", "IR", "PIR"],
    numbered: ["incident", "postmortem", "pm"],
    severities: ["sev(?:erity)?"],
    unstated: ["n\\/?a", "tbd", "none"],
    titles: ["incident", "postmortem", "post mortem", "incident report", "rca"],
  },
};
