/** An arrow leads to who does it, or when: "Page on lag → @dev", "Add a canary -> Friday". The source of a pattern. */
export const ARROW = "(?:[→➜➔➡⇒⟶]|[-=]>)";
