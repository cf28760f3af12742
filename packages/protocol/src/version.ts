/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 2

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '97414777620db5689b44492ad8788944'
