import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

export interface SourceFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Code without comments and string contents. */
  readonly code: string;
  readonly imports: readonly SourceImport[];
}

export interface SourceImport {
  /** The specifier as written. */
  readonly specifier: string;
  /** Project path of a relative import, else undefined. */
  readonly target: string | undefined;
  readonly typeOnly: boolean;
}

/** Every TypeScript file below a folder of the project, generated code left out. */
export function sourceFiles(folder: string): SourceFile[] {
  return filesBelow(join(projectRoot, folder))
    .filter((path) => /\.tsx?$/.test(path) && !path.includes(`${sep}gen${sep}`))
    .sort()
    .map(readSource);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function readSource(path: string): SourceFile {
  const text = readFileSync(path, "utf8");
  const projectPath = relative(projectRoot, path).split(sep).join("/");
  return {
    path: projectPath,
    text,
    code: withoutCommentsAndStrings(text),
    imports: importsOf(projectPath, text),
  };
}

const IMPORT = /^(?:import|export)\s+(type\s+)?(?:([\w*{}\s,$]+?)\s+from\s+)?"([^"]+)"/gm;
const DYNAMIC_IMPORT = /\bimport\("([^"]+)"\)/g;

function importsOf(path: string, text: string): SourceImport[] {
  const fixed = [...text.matchAll(IMPORT)].map(([, type, names, specifier]) => ({
    specifier: specifier ?? "",
    target: resolve(path, specifier ?? ""),
    typeOnly: type !== undefined || onlyTypes(names),
  }));
  const dynamic = [...text.matchAll(DYNAMIC_IMPORT)].map(([, specifier]) => ({
    specifier: specifier ?? "",
    target: resolve(path, specifier ?? ""),
    typeOnly: false,
  }));
  return [...fixed, ...dynamic];
}

/** True for `{ type A, type B }`. */
function onlyTypes(names: string | undefined): boolean {
  const listed = names?.match(/^\{([\s\S]*)\}$/)?.[1];
  if (listed === undefined) return false;
  const parts = listed.split(",").map((part) => part.trim());
  return parts.filter((part) => part !== "").every((part) => part.startsWith("type "));
}

function resolve(path: string, specifier: string): string | undefined {
  return specifier.startsWith(".") ? posix.join(dirname(path), specifier) : undefined;
}

function withoutCommentsAndStrings(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/\/\/.*$/gm, "")
    .replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""')
    .replaceAll(/`(?:[^`\\]|\\.)*`/g, "``");
}
