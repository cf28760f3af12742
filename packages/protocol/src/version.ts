/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 3

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '90691282a12769f25800ca22db6196d3'
