/**
 * A postmortem's bytes to what it says. (An early reading: checkboxes and tables under an action-items heading.)
 */
import type { Nodes, TableCell } from "mdast";
import { isPlainDate } from "../calendar.js";
import { parseMarkdown } from "./tree.js";
import type { ActionItem, ItemKind, Postmortem, ReadOptions } from "./types.js";

const EMPTY: Omit<ActionItem, "line" | "endLine" | "title" | "kind"> = {
  owners: [],
  mentions: [],
  due: null,
  dueText: null,
  done: false,
  priority: null,
  ref: null,
  refUrl: null,
  group: null,
  type: null,
  window: null,
};

/** Reads one document; never throws. Lines are 1-based. */
export function readPostmortem(path: string, source: string | Uint8Array, _options: ReadOptions): Postmortem {
  const text = typeof source === "string" ? source : new TextDecoder().decode(source);
  const body = text.replace(/^---\n[\s\S]*?\n---\n/, (matter) => matter.replace(/[^\n]/g, ""));
  const items: ActionItem[] = [];
  let title: string | null = null;
  let inActions = false;
  for (const node of parseMarkdown(body).children) {
    if (node.type === "heading") {
      title ??= plain(node);
      inActions =
        /action items|follow-?ups?|next steps|corrective|tasks/i.test(plain(node)) || (inActions && node.depth > 2);
    } else if (inActions && node.type === "list") {
      for (const item of node.children) {
        items.push(make(item, plain(item.children[0] ?? item), "checkbox", { done: item.checked === true }));
      }
    } else if (inActions && node.type === "table") {
      const header = (node.children[0]?.children ?? []).map((cell) => plain(cell).toLowerCase());
      const cell = (cells: TableCell[], name: RegExp) => {
        const at = header.findIndex((text) => name.test(text));
        const found = at < 0 ? undefined : cells[at];
        return found ? plain(found) : "";
      };
      for (const row of node.children.slice(1)) {
        const due = cell(row.children, /due|date|deadline/);
        items.push(
          make(row, cell(row.children, /action|task|item/), "table", {
            owners: [cell(row.children, /owner|assignee/)].filter((name) => name !== ""),
            due: isPlainDate(due) ? due : null,
            dueText: due || null,
            priority: cell(row.children, /prio/) || null,
            done: /^(done|complete)/i.test(cell(row.children, /status/)),
          }),
        );
      }
    }
  }
  const incident = { id: null, date: null, severity: null, services: [], tags: [] };
  return { path, title, incident, items: items.filter((item) => item.title), problems: [], followThrough: true };
}

function make(node: Nodes, title: string, kind: ItemKind, stated: Partial<ActionItem>): ActionItem {
  const position = node.position;
  return { ...EMPTY, line: position?.start.line ?? 1, endLine: position?.end.line ?? 1, title, kind, ...stated };
}

function plain(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(plain).join("").trim() : "";
}
