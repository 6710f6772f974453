const en = {
  timeMachine: "Time machine",
  timeMachineWhy:
    "Shows what was known at a time, from a recording. The running server goes on, and what you see then is marked as past.",
  at: "Time",
  atHint: "Absent: from the beginning of the recording.",
  recording: "Recording",
  noRecordings: "There are no recordings: record.directory or playback.directory names their folder.",
  notPlayable: "being written",
  look: "Look",
  past: "PAST",
  play: "Play",
  pause: "Pause",
  speed: "Speed",
  position: "Time shown",
  backToNow: "Back to now",
  states: {
    loading: "is being read",
    playing: "plays",
    paused: "stands still",
    seeking: "goes there",
    ended: "is over",
    failed: "cannot be played",
  },
  ended: "The playback has ended. You see what is now.",
  clip: "Clip",
  clipRecording: "Last 5 minutes, recording",
};

export type Dictionary = typeof en;

const de: Dictionary = {
  timeMachine: "Zeitmaschine",
  timeMachineWhy:
    "Zeigt aus einer Aufzeichnung, was zu einer Zeit bekannt war. Der laufende Server arbeitet weiter; was Sie dann sehen, ist als vergangen gekennzeichnet.",
  at: "Zeit",
  atHint: "Ohne Angabe: vom Anfang der Aufzeichnung an.",
  recording: "Aufzeichnung",
  noRecordings: "Es gibt keine Aufzeichnungen: record.directory oder playback.directory nennt ihren Ordner.",
  notPlayable: "wird geschrieben",
  look: "Ansehen",
  past: "VERGANGENHEIT",
  play: "Abspielen",
  pause: "Anhalten",
  speed: "Tempo",
  position: "Gezeigte Zeit",
  backToNow: "Zurück zur Gegenwart",
  states: {
    loading: "wird gelesen",
    playing: "läuft",
    paused: "steht",
    seeking: "geht dorthin",
    ended: "ist zu Ende",
    failed: "kann nicht gespielt werden",
  },
  ended: "Die Wiedergabe ist zu Ende. Sie sehen die Gegenwart.",
  clip: "Ausschnitt",
  clipRecording: "Letzte 5 Minuten, Aufzeichnung",
};

export const playbackWords = { en, de };
