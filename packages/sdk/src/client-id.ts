const ID_BYTES = 16

/** A new client id: 128 random bits. `crypto.randomUUID` is missing on pages without TLS. */
export function makeClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
