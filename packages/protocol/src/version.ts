/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 17

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = 'f43b5f0351abd752c4996f0cbd552887'
