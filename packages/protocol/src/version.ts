/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 9

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = 'c2cbcff411399ae0c91cadbeb2972ed2'
