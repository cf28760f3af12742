/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 4

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '4f99e0c63a92b8fef25cc2fa04569333'
