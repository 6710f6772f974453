import { constants, setPriority } from "node:os";
import { setTimeout } from "node:timers/promises";
import type { Config } from "../../config/schema.ts";
import { Pipeline } from "../../pipeline.ts";
import { JournalGapError } from "../../store/journal-follower.ts";
import { pipelineParts } from "../pipeline-parts.ts";
import type { MemoryFolders } from "./resume.ts";
import { type SavedBlocks, StateKeeper } from "./state-keeper.ts";

/** What the server tells its keeper. */
export interface KeeperOrder {
  readonly config: Config;
  readonly folders: MemoryFolders;
  readonly fingerprint: string;
  readonly everyMs: number;
}

/** What the keeper tells the server. */
export type KeeperNews =
  | { readonly kind: "saved"; readonly blocks: SavedBlocks }
  /** `isFinal`: trying again would not help. */
  | { readonly kind: "failed"; readonly message: string; readonly isFinal: boolean };

/** How often it looks for inputs; they are at most a tick old when the server has written them. */
const LOOK_MS = 100;

/** The keeper ends with its server, however that ended. */
process.on("disconnect", () => process.exit(0));
// Detection comes first where both want the processor.
setPriority(constants.priority.PRIORITY_LOW);
process.on("message", (order: KeeperOrder) => void keep(order));
// The server's terminal is not the keeper's: it goes when the server does.
process.on("SIGINT", () => undefined);

async function keep({ config, ...options }: KeeperOrder): Promise<void> {
  try {
    const keeper = new StateKeeper(new Pipeline(pipelineParts(config)), {
      ...options,
      onSaved: (blocks) => tell({ kind: "saved", blocks }),
    });
    for (;;) {
      await keeper.follow();
      await setTimeout(LOOK_MS);
    }
  } catch (error) {
    const isFinal = error instanceof JournalGapError;
    tell({ kind: "failed", message: (error as Error).message, isFinal });
    process.disconnect();
  }
}

function tell(news: KeeperNews): void {
  process.send?.(news);
}
