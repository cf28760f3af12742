/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 6

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '674446c0a140067d174fe02667d76ad4'
