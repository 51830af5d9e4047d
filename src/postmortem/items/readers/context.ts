/** What a section, sub-heading or label passes on to the items under it. */

import type { Rich } from "../../markdown/rich.js";
import type { SectionName } from "../../structure/section-name.js";
import type { Section } from "../../structure/sections.js";
import type { Trace } from "../../trace.js";
import type { Context } from "../candidate.js";
import { groupOwners } from "../refine/owner.js";

/** The context directly in an action section. */
export function topContext(section: Section, trace: Trace): Context {
  const { name } = section;
  return {
    section,
    group: null,
    owners: null,
    done: name.done || name.kind === "taken",
    window: name.window,
    type: null,
    trace,
  };
}

/** The context one label further in. A label that names a person or team owns its items; any other groups them. */
export function within(context: Context, name: SectionName, title: Rich, origin: Section["origin"]): Context {
  const owners = groupOwners(name, title, origin);
  return {
    section: context.section,
    group: owners === null ? name.label || context.group : context.group,
    owners: owners ?? context.owners,
    done: context.done || name.done || name.kind === "taken",
    window: name.window ?? context.window,
    type: name.type ?? context.type,
    trace: context.trace,
  };
}
