/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 2

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = 'a54227ce29bf1d1d4e0e28860b47a7e1'
