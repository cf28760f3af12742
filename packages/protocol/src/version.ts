/** Raised by hand whenever the hash of the wire changes; `wire.test.ts` makes that deliberate. */
export const PROTOCOL_VERSION = 20

/** Of every route, frame, error code, close code and limit at this version. */
export const WIRE_HASH = '5f6de44630607f2b4923a865353d79d9'
