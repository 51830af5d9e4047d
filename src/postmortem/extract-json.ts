/**
 * A postmortem as `follow-through extract --json` prints it, one object a file. An outward contract: it only grows.
 */
import type { Postmortem } from "./types.js";

/** The JSON value for one read document, in the order people read it. */
export function toExtractJson(postmortem: Postmortem): object {
  const { path, title, incident, items, problems } = postmortem;
  return {
    path,
    title,
    incident: {
      id: incident.id,
      date: incident.date,
      severity: incident.severity,
      services: incident.services,
      tags: incident.tags,
    },
    items: items.map((item) => ({
      line: item.line,
      endLine: item.endLine,
      title: item.title,
      owners: item.owners,
      due: item.due,
      dueText: item.dueText,
      done: item.done,
      dropped: item.dropped ?? false,
      priority: item.priority,
      ref: item.ref,
      refUrl: item.refUrl,
      group: item.group,
      under: item.under ?? null,
      kind: item.kind,
      type: item.type,
      window: item.window,
      details: item.details ?? null,
    })),
    problems: problems.map(({ line, endLine, rule, level, message, fix }) => ({
      line,
      endLine,
      rule,
      level,
      message,
      fix,
    })),
  };
}
