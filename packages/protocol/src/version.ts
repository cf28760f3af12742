/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 7

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '85cef7db4f6e7e55def3f9f798991d12'
