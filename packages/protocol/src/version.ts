/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 1

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '7077926c07308f2c1806dc5d36351696'
