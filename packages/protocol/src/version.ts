/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 15

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = 'ad82a6a2f40cea679afafcecc35d683d'
