import { z } from "zod";

/** The section `webhooks`. */
export const webhooks = z.strictObject({
  file: z
    .string()
    .min(1)
    .max(4_096)
    .optional()
    .describe(
      "JSON file of the receivers that alert transitions are posted to, as docs/webhooks.md describes it. Read again when it " +
        "or a secret that it names changes. Needs store.directory.",
    ),
});
