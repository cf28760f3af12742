import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Sequence } from './sequence.ts'

const frame = (version: number) => ({ version })

describe('a sequence', () => {
  test('begins with the version of the first frame', () => {
    const sequence = new Sequence()
    expect(sequence.accept(frame(7))).toEqual([frame(7)])
    expect(sequence.accept(frame(6))).toBe('late')
  })

  test('drops what came already', () => {
    const sequence = new Sequence()
    sequence.accept(frame(1))
    expect(sequence.accept(frame(1))).toBe('late')
    expect(sequence.isWaiting).toBe(false)
  })

  test('holds a frame until the one before it comes', () => {
    const sequence = new Sequence()
    sequence.accept(frame(1))
    expect(sequence.accept(frame(3))).toEqual([])
    expect(sequence.isWaiting).toBe(true)
    expect(sequence.accept(frame(2))).toEqual([frame(2), frame(3)])
    expect(sequence.isWaiting).toBe(false)
  })

  test('goes on after a gap that is not waited for any longer', () => {
    const sequence = new Sequence()
    sequence.accept(frame(1))
    sequence.accept(frame(4))
    sequence.accept(frame(3))
    expect(sequence.release()).toEqual([frame(3), frame(4)])
    expect(sequence.accept(frame(2))).toBe('late')
    expect(sequence.accept(frame(5))).toEqual([frame(5)])
  })

  test('does not hold without bound', () => {
    const sequence = new Sequence()
    sequence.accept(frame(1))
    let released: { version: number }[] = []
    for (let version = 3; released.length === 0; version++) {
      const accepted = sequence.accept(frame(version))
      if (accepted !== 'late') released = accepted
    }
    expect(released).toHaveLength(1001)
  })

  test('gives each version once and in order, however frames are shuffled and doubled', () => {
    const shuffled = fc.shuffledSubarray(
      Array.from({ length: 40 }, (_, i) => (i % 20) + 2),
      { minLength: 40 },
    )
    fc.assert(
      fc.property(shuffled, (versions) => {
        const sequence = new Sequence()
        const out = [1, ...versions].flatMap((version) => {
          const accepted = sequence.accept(frame(version))
          return accepted === 'late' ? [] : accepted.map((f) => f.version)
        })
        expect(out).toEqual(Array.from({ length: 21 }, (_, i) => i + 1))
      }),
    )
  })
})
