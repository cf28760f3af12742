/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 5

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = 'b3046c6a22534e69990a9433fbec48c1'
