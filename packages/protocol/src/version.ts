/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 22

/** Of every route, frame, call between services, error code, close code and limit at this version. */
export const WIRE_HASH = '6e9f306a1a4187670ab572f47cea62b7'
