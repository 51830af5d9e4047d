/** Every way in which a piece of work can end the process it runs in. */
import { describeOnBothEngines } from "../support/databases.js";
import { setsAside } from "./poison.js";

const EVERY_WAY = ["abort", "kill", "exit", "throw", "reject", "stack", "heap"];
const SOME_WAYS = ["kill", "stack"];

describeOnBothEngines("what ends the process", (open, engine) =>
  setsAside(open, engine === "sqlite" ? EVERY_WAY : SOME_WAYS),
);
