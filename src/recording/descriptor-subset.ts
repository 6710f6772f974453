import { descriptorSetBase64 } from "../wire/gen/descriptor.ts";
import { protoFields } from "./proto-fields.ts";

// Field numbers of google/protobuf/descriptor.proto.
const SET_FILE = 1;
const FILE_NAME = 1;
const FILE_DEPENDENCY = 3;
const FILE_SOURCE_INFO = 9;

interface DescribedFile {
  readonly name: string;
  readonly dependencies: readonly string[];
  /** The FileDescriptorProto without comments. */
  readonly bytes: Uint8Array;
}

/**
 * The FileDescriptorSet of one .proto file with all that it imports, as `protoc --include_imports` writes it: comments
 * (two thirds of the size) left out, imported files first.
 * @param name path below proto/, e.g. `roadpulse/stream/v1/frame.proto`
 */
export function descriptorSetOf(name: string): Uint8Array {
  const files = describedFiles(Buffer.from(descriptorSetBase64, "base64"));
  const needed = withImports(name, files);
  const parts = [...files.values()]
    .filter((file) => needed.has(file.name))
    .map((file) => setEntry(file.bytes));
  return Buffer.concat(parts);
}

function describedFiles(set: Uint8Array): Map<string, DescribedFile> {
  const files = new Map<string, DescribedFile>();
  for (const field of protoFields(set)) {
    if (field.number !== SET_FILE) continue;
    const file = describedFile(set.subarray(field.valueStart, field.end));
    files.set(file.name, file);
  }
  return files;
}

function describedFile(bytes: Uint8Array): DescribedFile {
  const fields = [...protoFields(bytes)];
  const textsOf = (number: number): string[] =>
    fields
      .filter((field) => field.number === number)
      .map((field) => new TextDecoder().decode(bytes.subarray(field.valueStart, field.end)));
  const kept = fields.filter((field) => field.number !== FILE_SOURCE_INFO);
  return {
    name: textsOf(FILE_NAME)[0] ?? "",
    dependencies: textsOf(FILE_DEPENDENCY),
    bytes: Buffer.concat(kept.map((field) => bytes.subarray(field.start, field.end))),
  };
}

function withImports(name: string, files: ReadonlyMap<string, DescribedFile>): Set<string> {
  const needed = new Set([name]);
  // A set grows while it is iterated: imports of imports are visited too.
  for (const file of needed) {
    for (const dependency of files.get(file)?.dependencies ?? []) needed.add(dependency);
  }
  return needed;
}

function setEntry(file: Uint8Array): Uint8Array {
  const head = [(SET_FILE << 3) | 2];
  let length = file.length;
  for (; length > 0x7f; length = length >>> 7) head.push((length & 0x7f) | 0x80);
  head.push(length);
  return Buffer.concat([Uint8Array.from(head), file]);
}
