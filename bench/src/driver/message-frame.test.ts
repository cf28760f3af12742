import { expect, test } from 'vitest'
import { findStart, readPosition, readStamp, stampedText } from './message-frame.ts'

test('time and position are read out of a frame without parsing it', () => {
  const text = stampedText(1_234_567.4)
  const frame = { type: 'message', user: 'Bench', message: text, position: 4711, version: 9 }
  const bytes = Buffer.from(`before ${JSON.stringify(frame)}`)
  const start = 'before '.length
  expect(Buffer.byteLength(text)).toBe(128)
  expect(readStamp(bytes, start)).toBe(1_234_567)
  expect(readPosition(bytes, start + findStart(bytes.subarray(start)))).toBe(4711)
})
