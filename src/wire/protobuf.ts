import protobuf from "protobufjs/minimal.js";

type OneOfSetter = (
  fieldNames: readonly string[],
) => (this: Record<string, unknown>, name: string | undefined) => void;

/**
 * 64-bit fields are read as numbers: all of ours stay below 2^53 (Unix milliseconds, counters). With a Long class
 * installed the generated code returns objects although its types say `number`, so this module is imported before it.
 */
(protobuf.util as { Long: unknown }).Long = undefined;
protobuf.configure();

/**
 * Generated decoders call this setter for every optional field, where there is nothing to clear, and the library's own
 * takes an eighth of the time of a report then. Where a oneof has several members, the last one on the wire still wins.
 */
(protobuf.util as unknown as { oneOfSetter: OneOfSetter }).oneOfSetter = (fieldNames) =>
  fieldNames.length === 1
    ? () => {}
    : function (this: Record<string, unknown>, name) {
        for (const other of fieldNames) {
          if (other !== name && this[other] !== null && this[other] !== undefined) delete this[other];
        }
      };

/** Nesting of our schema is 5 deep; deeper input is an attack on the stack. */
(protobuf.Reader as unknown as { recursionLimit: number }).recursionLimit = 16;
