/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 12

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '16edab283b4dd334ca8f0970bf5946d1'
