import { expect, test } from 'vitest'
import { FrameWalker } from './frame-walker.ts'

const texts = ['', 'a', 'b'.repeat(125), 'c'.repeat(126), 'd'.repeat(70_000), 'e']

test('every frame is found once, wherever the chunks are cut', () => {
  const stream = Buffer.concat(texts.map(toFrame))
  for (const size of [7, 129, 65_536, stream.length]) {
    const found: string[] = []
    const walker = new FrameWalker({
      onText: (bytes, start, end) => found.push(bytes.toString('utf8', start, end)),
      onControl: (opcode) => found.push(`opcode ${opcode}`),
    })
    const chunk = Buffer.alloc(size)
    for (let at = 0; at < stream.length; at += size) {
      const length = stream.copy(chunk, 0, at, at + size)
      walker.walk(chunk.subarray(0, length))
    }
    expect(found).toEqual(texts)
  }
})

function toFrame(text: string): Buffer {
  const { length } = text
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10)
  header[0] = 0x81
  header[1] = length < 126 ? length : length < 65_536 ? 126 : 127
  if (header.length === 4) header.writeUInt16BE(length, 2)
  if (header.length === 10) header.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([header, Buffer.from(text)])
}
