/** Paths on a grid of 24, drawn with the colour of the text around. */
const PATHS = {
  situation: "M4 6l5-2 6 2 5-2v14l-5 2-6-2-5 2zM9 4v14M15 6v14",
  incidents: "M12 3l9.5 17h-19zM12 10v4M12 17v.5",
  network: "M6 4v16M18 4v16M12 4v3M12 10.5v3M12 17v3",
  kpis: "M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6",
  system: "M5 5h14v6H5zM5 13h14v6H5zM8 8h.5M8 16h.5",
  settings: "M4 7h10M18 7h2M4 17h2M10 17h10M14 4.5v5M10 14.5v5",
  help: "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.1-1.5 2.4M12 17.5v.5M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18",
  close: "M6 6l12 12M18 6L6 18",
  search: "M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16 16l4.5 4.5",
  layers: "M12 4l9 5-9 5-9-5zM4 13.5l8 4.5 8-4.5",
  ruler: "M3 15L15 3l6 6L9 21zM7 11l2 2M10 8l3 3M13 5l2 2",
  fit: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  follow: "M12 3v4M12 17v4M3 12h4M17 12h4M12 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8",
  up: "M6 14l6-6 6 6",
  down: "M6 10l6 6 6-6",
  left: "M14 6l-6 6 6 6",
  right: "M10 6l6 6-6 6",
  check: "M5 12.5l4.5 4.5L19 7",
  clock: "M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16M12 8v4.5l3 2",
  user: "M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.5 20a7.5 7.5 0 0 1 15 0",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10.5 21h3",
  mute: "M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM4 4l16 17",
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  star: "M12 4l2.4 5.2 5.6.7-4.2 3.8 1.2 5.5L12 16.5l-5 2.7 1.2-5.5L4 9.9l5.6-.7z",
  flag: "M6 21V4M6 5h12l-3.5 4L18 13H6",
  offline: "M4 4l16 16M5 10a10 10 0 0 1 4-2.5M8 14a6 6 0 0 1 3-1.6M12 19h.2M15 8a10 10 0 0 1 4 2",
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: what it means is said beside it, or by the label of its button. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
