import { PROTOCOL_VERSION } from './version.ts'

/** As it stands in `Accept`, which every server takes and every browser lets pages set. */
const PARAMETER = /;\s*wire=(\d{1,6})\b/

/** What a client says of itself with every request: it knows all that this version of the wire has. */
export const ACCEPTED = `application/json;wire=${PROTOCOL_VERSION}`

/** The version that a client has said it knows; 0 when it has said nothing. */
export function spokenVersion(accept: string | undefined): number {
  return Number(PARAMETER.exec(accept ?? '')?.[1] ?? 0)
}
