import { board } from "../live/picture.ts";
import { number } from "../words/format.ts";
import { words } from "../words/words.ts";
import { kpiWords } from "./words.ts";

export function KpisView() {
  const w = words(kpiWords);
  const now = board.value;
  if (now === undefined) return undefined;
  return (
    <dl>
      <dt>{w.lastTenMinutes}</dt>
      <dd>{number(now.lastTenMinutes)}</dd>
      <dt>{w.shelved}</dt>
      <dd>{number(now.shelved)}</dd>
    </dl>
  );
}
