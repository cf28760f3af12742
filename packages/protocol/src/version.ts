/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 1

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '31fb9d7618059d6ec5edcc1a87ca6cc3'
