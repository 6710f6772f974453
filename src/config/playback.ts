import { z } from "zod";

export const playback = z.strictObject({
  directory: z
    .string()
    .min(1)
    .max(4_096)
    .optional()
    .describe(
      "Folder with recordings that operators may play, besides those that this server writes into record.directory.",
    ),
  maxPlaybacks: z
    .int()
    .min(0)
    .max(16)
    .default(2)
    .describe(
      "Playbacks at a time; further ones are refused with 503. Each is a thread at low priority that takes as much memory " +
        "as the recording's stations and the map.",
    ),
});
