/** An issue that a command closes. */
import type { PlainDate } from "../../calendar.js";
import type { Closing, TrackingIssue } from "../types.js";

/** The issue as closed so on this day, or on the day it was closed already. */
export const closed = (issue: TrackingIssue, on: PlainDate, closedAs: Closing): TrackingIssue => ({
  ...issue,
  open: false,
  closedOn: issue.open ? on : (issue.closedOn ?? on),
  closedAs,
});
