const en = {
  sources: "Sources",
  source: "Source",
  verdict: "Verdict",
  reasons: "Why",
  none: "No source has sent anything yet.",
  ok: "ok",
  doubtful: "doubtful",
  failed: "failed",
};

export type Dictionary = typeof en;

const de: Dictionary = {
  sources: "Quellen",
  source: "Quelle",
  verdict: "Urteil",
  reasons: "Warum",
  none: "Noch hat keine Quelle gesendet.",
  ok: "gut",
  doubtful: "zweifelhaft",
  failed: "ausgefallen",
};

export const networkWords = { en, de };
