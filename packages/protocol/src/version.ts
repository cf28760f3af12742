/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 14

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '7ac4b69724c66945a6481b2eef0500e0'
