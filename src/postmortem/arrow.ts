/** An arrow leads to who does it, or when: "Page on lag → @dev", "Add a canary -> Friday". */

/** Those of one character, as the inside of a character class. */
export const ARROWS = "→➜➔➡⇒⟶";

/** Any, as the source of a pattern. */
export const ARROW = `(?:[${ARROWS}]|[-=]>)`;
