import fc from "fast-check";

/**
 * Property tests see the same examples everywhere, so a red run is a change and not luck. `FUZZ_SEED=random` draws new ones,
 * a number repeats those of a run that failed.
 */
const { FUZZ_SEED: wanted = "1" } = process.env;
if (wanted !== "random") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
