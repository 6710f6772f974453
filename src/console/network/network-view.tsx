import { words } from "../words/words.ts";
import { networkWords } from "./words.ts";

export function NetworkView() {
  const w = words(networkWords);
  return <h1>{w.sources}</h1>;
}
