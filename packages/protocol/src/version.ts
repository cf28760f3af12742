/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 21

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '4b61f4cb9deca33257ec8f74f479facb'
