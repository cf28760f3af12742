/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 16

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '875b327ac83bcf0663fc6d62b4e2f293'
