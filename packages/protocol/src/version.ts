/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 11

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = 'e4b0b7aea6c1ee5bf558825cd9cce947'
