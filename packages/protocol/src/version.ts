/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 13

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '851453b5ba3b74bdc7e7d714e53d7c8a'
