/**
 * Due dates: what a cell, a value or an item's text says about when the work is to be done. A day is the first such day
 * on or after the reference; a month or quarter is its last day; what names no day, or could be two, is unreadable and
 * says why. Nothing is guessed and no clock is read.
 */
export { readDueCell } from "./cell.js";
export { ANY_DAY, findDue } from "./find.js";
export { inferDateOrder } from "./order.js";
export type { DueContext, DueReading, Looks } from "./types.js";
export { resolveWindow, windowName } from "./window.js";
