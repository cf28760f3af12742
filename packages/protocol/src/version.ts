/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 19

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '8de8c6bb979d0a49a39937a73815e2c1'
