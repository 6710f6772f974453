// Loaded into a server under test before anything of its own (NODE_OPTIONS=--import): steps its wall clock and lets its syncs
// fail, as a file says that the test writes. No part of the product, which has no such hook.
import fs, { readFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const LOOK_MS = 10;
const { FAULT_ORDERS = "" } = process.env;
let orders = { clockOffsetMs: 0, syncsFail: false };

function look() {
  try {
    orders = JSON.parse(readFileSync(FAULT_ORDERS, "utf8"));
  } catch {
    // It is being written.
  }
}
look();
setInterval(look, LOOK_MS).unref();

const RealDate = Date;
const now = () => RealDate.now() + orders.clockOffsetMs;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [now()] : given));
  }
  static now() {
    return now();
  }
};

const failure = () => Object.assign(new Error("EIO: i/o error, fdatasync"), { code: "EIO" });
const { fdatasync, fdatasyncSync } = fs;
fs.fdatasync = (file, done) => (orders.syncsFail ? setImmediate(done, failure()) : fdatasync(file, done));
fs.fdatasyncSync = (file) => {
  if (orders.syncsFail) throw failure();
  fdatasyncSync(file);
};
syncBuiltinESMExports();
