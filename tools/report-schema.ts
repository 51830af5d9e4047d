/** The JSON Schemas (draft 2020-12) of what `follow-through report --json` prints. They are open: later versions add fields. */
import { z } from "zod";
import { reportSchema } from "../src/render/report/contract.js";
import { itemLineSchema } from "../src/render/report/items.js";

export const reportJsonSchema = (): object => ({
  title: "What `follow-through report --json` prints",
  ...open(reportSchema),
});

export const itemJsonSchema = (): object => ({
  title: "A line of `follow-through report --items --json`",
  ...open(itemLineSchema),
});

/** Bounds that guard what is read from a marker; whoever reads a report need not know them. */
const OURS = ["pattern", "maxLength", "maxItems", "maximum"] as const;

function open(schema: z.ZodType): object {
  return z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      for (const bound of OURS) delete jsonSchema[bound];
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
}
