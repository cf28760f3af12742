/** Pixels of each side; twice what a profile shows. */
export const SIDE = 256

/** In pixels of the upright picture. */
export interface Crop {
  x: number
  y: number
  size: number
}

/** How files begin. The type that a client names is no proof, and decoders take more than these. */
const SIGNATURES: ((text: string) => boolean)[] = [
  (text) => text.startsWith('\x89PNG\r\n\x1a\n'),
  (text) => text.startsWith('\xff\xd8\xff'),
  (text) => /^RIFF.{4}WEBP/s.test(text),
  (text) => /^GIF8[79]a/.test(text),
]

export function isPicture(bytes: Uint8Array): boolean {
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  return SIGNATURES.some((matches) => matches(beginning))
}
