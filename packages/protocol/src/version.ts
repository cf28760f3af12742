/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 10

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '277d57ce1371c9e51fa384a30d29231e'
