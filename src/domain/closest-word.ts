/** Share of a word's letters that may differ for it to pass as a slip of the one meant. */
const SLIP_SHARE = 0.4;

/** Longer words are nobody's slip, and comparing them costs length × length. */
const MAX_COMPARED_CHARACTERS = 64;

/** The known word nearest to `word`, if it is near enough to be what was meant. Letter case does not count. */
export function closestWord(word: string, known: Iterable<string>): string | undefined {
  if (word.length > MAX_COMPARED_CHARACTERS) return undefined;
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length * SLIP_SHARE)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance >= least) continue;
    least = distance;
    best = candidate;
  }
  return best;
}

/** Levenshtein distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
