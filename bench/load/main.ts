// One command for all load benchmarks: ladders or bare engines where they are asked for, else the rungs over reports
// per second.
const asks = (name: string): boolean =>
  process.argv.some((word) => word === name || word.startsWith(`${name}=`));
if (asks("--ladder")) await import("./ladders/run.ts");
else if (asks("--engine")) await import("./ladders/engine.ts");
else if (asks("--overload")) await import("./overload.ts");
else await import("./run.ts");
