import { signal } from "@preact/signals";
import type { Priority } from "../../api/contract/alarms.ts";
import { soundOn } from "../state/preferences.ts";

/** One tone: Hz, seconds from the beginning, seconds long. */
type Tone = readonly [hertz: number, fromS: number, lengthS: number];

/**
 * One sound per priority, told apart by rhythm as well as by pitch (people hear high tones badly with age): three rising
 * pairs, two tones, one soft tone. Below 2 kHz, as IEC 60601-1-8 asks of alarms that people are to locate.
 */
const SOUNDS: Readonly<Record<Priority, { readonly tones: readonly Tone[]; readonly gain: number }>> = {
  1: {
    tones: [0, 0.4, 0.8].flatMap((at): Tone[] => [
      [740, at, 0.14],
      [988, at + 0.16, 0.18],
    ]),
    gain: 0.5,
  },
  2: {
    tones: [
      [659, 0, 0.2],
      [659, 0.3, 0.2],
    ],
    gain: 0.3,
  },
  3: { tones: [[440, 0, 0.25]], gain: 0.15 },
};

/** Nobody mutes for longer: an alarm that cannot be heard is none. */
export const MUTE_MS = 60_000;

/** Tones do not click when they begin and end. */
const EDGE_S = 0.015;

/** Time of this machine until which nothing sounds. */
export const mutedUntilMs = signal(0);

/** The browser lets a page sound only once somebody has clicked into it. */
export const isBlocked = signal(false);

/** How often each priority has sounded, for whoever watches over the console. */
export const sounded = signal<Readonly<Record<Priority, number>>>({ 1: 0, 2: 0, 3: 0 });

/** Made with the first gesture: a browser complains about one that is made before it may sound. */
let context: AudioContext | undefined;

export function mute(): void {
  mutedUntilMs.value = Date.now() + MUTE_MS;
}

export function unmute(): void {
  mutedUntilMs.value = 0;
}

/** Lets an alarm of this priority be heard, unless muted or switched off. */
export function sound(priority: Priority): void {
  if (!soundOn.peek() || Date.now() < mutedUntilMs.peek()) return;
  sounded.value = { ...sounded.peek(), [priority]: sounded.peek()[priority] + 1 };
  isBlocked.value = context?.state !== "running";
  if (context === undefined) return;
  const audio = context;
  const { tones, gain } = SOUNDS[priority];
  for (const tone of tones) play(audio, tone, gain);
}

function play(audio: AudioContext, [hertz, fromS, lengthS]: Tone, gain: number): void {
  const from = audio.currentTime + fromS;
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.type = "triangle";
  oscillator.frequency.value = hertz;
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(gain, from + EDGE_S);
  volume.gain.setValueAtTime(gain, from + lengthS - EDGE_S);
  volume.gain.linearRampToValueAtTime(0, from + lengthS);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(from);
  oscillator.stop(from + lengthS);
}

/** A page may sound after the first click or key. */
export function listenForGesture(): () => void {
  const begin = (): void => {
    context ??= new AudioContext();
    if (context.state === "running") isBlocked.value = false;
    else void context.resume().then(() => (isBlocked.value = false));
  };
  addEventListener("pointerdown", begin);
  addEventListener("keydown", begin);
  return () => {
    removeEventListener("pointerdown", begin);
    removeEventListener("keydown", begin);
  };
}
