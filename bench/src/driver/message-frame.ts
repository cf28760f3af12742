const POSITION_KEY = '"position":'
const TEXT_KEY = '"message":"'
const ZERO = 0x30
const STAMP_DIGITS = 12
const TEXT_BYTES = 128
const FILLER = 'All that is sent here has the same length, and says nothing. '.repeat(2)

/** A text of 128 bytes that begins with a time. */
export function stampedText(microseconds: number): string {
  const stamp = String(Math.round(microseconds)).padStart(STAMP_DIGITS, '0')
  return `${stamp} ${FILLER}`.slice(0, TEXT_BYTES).padEnd(TEXT_BYTES, '.')
}

/** Where in a message frame the digits of the position begin: texts and names are equally long. */
export function findStart(frame: Buffer): number {
  const at = frame.indexOf(POSITION_KEY)
  if (at < 0) throw new Error('a message frame has no position')
  return at + POSITION_KEY.length
}

export function readPosition(bytes: Buffer, at: number): number {
  return readDigits(bytes, at, 10)
}

/** Microseconds, as the sender wrote them into the text. */
export function readStamp(bytes: Buffer, frameStart: number): number {
  const at = bytes.indexOf(TEXT_KEY, frameStart) + TEXT_KEY.length
  return readDigits(bytes, at, STAMP_DIGITS)
}

function readDigits(bytes: Buffer, at: number, most: number): number {
  let value = 0
  for (let i = at; i < at + most; i++) {
    const digit = (bytes[i] ?? 0) - ZERO
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  return value
}
