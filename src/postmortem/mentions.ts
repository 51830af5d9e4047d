/** People mentioned beside one another: `@ana`, `@ana and @ben`, `@ana/@ben`. Sources of patterns with the flags `iu`. */
import { HANDLE } from "../logins.js";
import { anyOf } from "./languages/index.js";

const ONE = `@${HANDLE}(?<![.-])`;

/** Between two of them: "and", "&", "+", "/", or nothing. */
export const BETWEEN_MENTIONS = `\\s*[/&+,、，]\\s*(?=@)|(?:\\s*,)?\\s+(?:${anyOf(({ and }) => and)})\\s+(?=@)|\\s+(?=@)`;

export const MENTIONED = `${ONE}(?:(?:${BETWEEN_MENTIONS})${ONE})*`;
