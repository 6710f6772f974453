import { words } from "../words/words.ts";
import { systemWords } from "./words.ts";

export function SystemView() {
  const w = words(systemWords);
  return <h1>{w.title}</h1>;
}
