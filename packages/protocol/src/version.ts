/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 21

/** Of every route, frame, call between services, error code, close code and limit at this version. */
export const WIRE_HASH = 'ffa428b3b109fdf249194b98e5291458'
