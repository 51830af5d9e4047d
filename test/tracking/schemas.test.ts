/** The schemas are the types, and take whatever the App itself makes. */
import { describe, expect, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import {
  commentSchema,
  documentSchema,
  installationSchema,
  itemSchema,
  repositorySchema,
  type troubleSchema,
} from "../../src/tracking/schemas.js";
import type { Trouble } from "../../src/tracking/trouble.js";
import type { Installation, KeptComment, Repository, TrackedDocument, TrackedItem } from "../../src/tracking/types.js";
import { aComment, aDocument, anInstallation, anItem, aRepository } from "../store/samples.js";

/** As zod infers a type: without `readonly`, which it cannot tell. */
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Entry)[]
    ? Plain<Entry>[]
    : { -readonly [Key in keyof T]: Plain<T[Key]> };

describe("a schema", () => {
  it("gives the type it stands beside, no field more or less", () => {
    expectTypeOf<z.output<typeof itemSchema>>().toEqualTypeOf<Plain<TrackedItem>>();
    expectTypeOf<z.output<typeof documentSchema>>().toEqualTypeOf<Plain<TrackedDocument>>();
    expectTypeOf<z.output<typeof commentSchema>>().toEqualTypeOf<Plain<KeptComment>>();
    expectTypeOf<z.output<typeof installationSchema>>().toEqualTypeOf<Plain<Installation>>();
    expectTypeOf<z.output<typeof repositorySchema>>().toEqualTypeOf<Plain<Repository>>();
    expectTypeOf<z.output<typeof troubleSchema>>().toEqualTypeOf<Plain<Trouble>>();
  });

  it("gives back what was written, whole", () => {
    expect(itemSchema.parse(anItem())).toEqual(anItem());
    expect(documentSchema.parse(aDocument())).toEqual(aDocument());
    expect(commentSchema.parse(aComment())).toEqual(aComment());
    expect(installationSchema.parse(anInstallation())).toEqual(anInstallation());
    expect(repositorySchema.parse(aRepository())).toEqual(aRepository());
  });

  it("reads what was written before a field was there", () => {
    const { slipsLeftOut, snoozes, waiver, heard, ...older } = anItem();
    expect(itemSchema.parse(older)).toEqual({ ...older, slipsLeftOut, snoozes, waiver, heard });
  });
});
