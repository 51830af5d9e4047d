/** What a section, sub-heading or label passes on to the items under it. */

import type { Rich } from "../../markdown/rich.js";
import type { SectionName } from "../../structure/section-name.js";
import type { Section } from "../../structure/sections.js";
import type { Trace } from "../../trace.js";
import type { Context } from "../candidate.js";
import { groupOwners } from "../refine/owner.js";
import type { Cutter } from "./cut.js";

/** What goes along through all sections. */
export interface Walk {
  readonly cutter: Cutter;
  readonly trace: Trace;
}

/** The context directly in an action section. */
export function topContext(section: Section, trace: Trace): Context {
  const { name, title } = section;
  const done = name.done || name.kind === "taken";
  const { window } = name;
  return {
    section,
    group: null,
    parent: null,
    owners: null,
    done,
    window,
    type: null,
    said: { ...(done && { done: title }), ...(window !== null && { window: title }) },
    trace,
  };
}

/** The context one label further in. A label that names a person or team owns its items; any other groups them. */
export function within(context: Context, name: SectionName, title: Rich, origin: Section["origin"]): Context {
  const owners = groupOwners(name, title, origin);
  const group = owners === null ? name.label || null : null;
  const done = name.done || name.kind === "taken";
  const { window, type } = name;
  return {
    section: context.section,
    group: group ?? context.group,
    parent: context.parent,
    owners: owners ?? context.owners,
    done: context.done || done,
    window: window ?? context.window,
    type: type ?? context.type,
    said: {
      ...context.said,
      ...(group !== null && { group: title }),
      ...(owners !== null && { owners: title }),
      ...(done && !context.done && { done: title }),
      ...(window !== null && { window: title }),
      ...(type !== null && { type: title }),
    },
    trace: context.trace,
  };
}
