/** A table that says of each of its rows who does it and by when. */
import type { ColumnRole } from "../languages/types.js";

/** Whether a table is one, by what its columns hold. */
export const isPlan = (roles: readonly (ColumnRole | null)[]): boolean =>
  roles.includes("owner") && roles.includes("due");
