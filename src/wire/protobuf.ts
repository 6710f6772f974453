import protobuf from "protobufjs/minimal.js";

/**
 * 64-bit fields are read as numbers: all of ours stay below 2^53 (Unix milliseconds, counters). With a Long class
 * installed the generated code returns objects although its types say `number`, so this module is imported before it.
 */
(protobuf.util as { Long: unknown }).Long = undefined;
protobuf.configure();

/** Nesting of our schema is 5 deep; deeper input is an attack on the stack. */
(protobuf.Reader as unknown as { recursionLimit: number }).recursionLimit = 16;
