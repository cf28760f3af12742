/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 8

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = 'f5ca27617da5d3fbe595ad1fb93bb87a'
