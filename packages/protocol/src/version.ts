/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 18

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '54ffce1048b0b1c79490ef1d6759e396'
