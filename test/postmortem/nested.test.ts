/** Work nested under other work: what its parent says of owner and date holds for it, and names it where it has no name of its own. */
import { describe, expect, it } from "vitest";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS, fullTitle } from "../../src/postmortem/types.js";

const read = (body: string) =>
  readPostmortem("2025-01-08-pump.md", `# Pump stopped\n\n## Action items\n\n${body}\n`, DEFAULT_READ_OPTIONS);
/** Each item as `title | owners | due`. */
const items = (body: string): string[] =>
  read(body).items.map((item) => [fullTitle(item), item.owners.join(" "), item.due ?? ""].join(" | "));

describe("a child inherits what its parent states", () => {
  it.each([
    [
      "of a box over boxes",
      "- [ ] Renew the pump @ana due 2025-02-01\n  - [ ] Order the valve\n  - [ ] Paint the door",
      ["Order the valve | ana | 2025-02-01", "Paint the door | ana | 2025-02-01"],
    ],
    [
      "unless it states its own",
      "- [ ] Renew the pump @ana due 2025-02-01\n  - [ ] Order the valve @ben\n  - [ ] Paint the door by 2025-03-01",
      ["Order the valve | ben | 2025-02-01", "Paint the door | ana | 2025-03-01"],
    ],
    [
      "of a bullet over boxes",
      "- Renew the pump (@ana, due 2025-02-01)\n  - [ ] Order the valve\n  - [x] Paint the door",
      ["Order the valve | ana | 2025-02-01", "Paint the door | ana | 2025-02-01"],
    ],
    [
      "of an owner over bullets",
      "- **Owner: Carla**\n  - Order the valve\n  - Paint the door\n- Owner: Dora\n  - Ring the bell",
      ["Order the valve | Carla | ", "Paint the door | Carla | ", "Ring the bell | Dora | "],
    ],
    [
      "of a day over bullets",
      "- Due: 2025-05-05\n  - Order the valve\n  - Paint the door",
      ["Order the valve |  | 2025-05-05", "Paint the door |  | 2025-05-05"],
    ],
    [
      "but no name that may be a thing",
      "- Pump (Grundfos):\n  - Order the valve\n  - Paint the door",
      ["Order the valve |  | ", "Paint the door |  | "],
    ],
  ])("%s", (_, body, expected) => {
    expect(items(body)).toEqual(expected);
  });
});

describe("a title that means nothing alone", () => {
  it.each([
    [
      "has its parent's words",
      "- [ ] Pump house @ana\n  - [ ] unit tests\n  - [ ] docs",
      ["Pump house: unit tests | ana | ", "Pump house: docs | ana | "],
    ],
    [
      "has its heading's words",
      "### Pump house\n\n- unit tests\n- Paint the door",
      ["Pump house: unit tests |  | ", "Paint the door |  | "],
    ],
    ["has none of a time", "### Short-term\n\n- Unit tests", ["Unit tests |  | "]],
    ["has none of a kind of work", "### Prevent\n\n- Unit tests", ["Unit tests |  | "]],
    [
      "has none of who does it",
      "- Platform team\n  - Unit tests\n  - Paint the door",
      ["Unit tests | Platform team | ", "Paint the door | Platform team | "],
    ],
  ])("%s", (_, body, expected) => {
    expect(items(body)).toEqual(expected);
  });

  it("is no duplicate of another's", () => {
    const { problems } = read(
      "- [ ] Pump house\n  - [ ] unit tests\n  - [ ] docs\n- [ ] Mill\n  - [ ] unit tests\n  - [ ] docs",
    );
    expect(problems.filter(({ rule }) => rule === "duplicate-item")).toEqual([]);
  });

  it("stands in the document's words, its thing beside it", () => {
    expect(read("- [ ] Pump house @ana\n  - [ ] unit tests\n  - [ ] docs").items[0]).toMatchObject({
      title: "unit tests",
      under: "Pump house",
    });
  });
});
