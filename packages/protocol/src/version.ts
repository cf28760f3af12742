/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 5

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '17eab765eced4abdd86cae889983ddee'
