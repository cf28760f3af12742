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

  test('puts what was missed between what it holds, and goes on after it', () => {
    const sequence = new Sequence()
    sequence.accept(frame(1))
    for (const version of [8, 4, 7, 3]) sequence.accept(frame(version))
    expect(sequence.fill([frame(2), frame(3)], 6)).toEqual([2, 3, 4, 7, 8].map(frame))
    expect(sequence.isWaiting).toBe(false)
    expect(sequence.accept(frame(5))).toBe('late')
    expect(sequence.accept(frame(9))).toEqual([frame(9)])
  })

  test('gives nothing twice when what was missed has come meanwhile', () => {
    const sequence = new Sequence()
    for (const version of [1, 2, 3]) sequence.accept(frame(version))
    expect(sequence.fill([frame(2), frame(3)], 3)).toEqual([])
    expect(sequence.version).toBe(3)
  })

  test('begins where it is told to, once', () => {
    const sequence = new Sequence()
    sequence.begin(4)
    sequence.begin(9)
    expect(sequence.accept(frame(4))).toBe('late')
    expect(sequence.accept(frame(6))).toEqual([])
    expect(sequence.accept(frame(5))).toEqual([frame(5), frame(6)])
  })

  test('does not hold without bound', () => {
    const sequence = new Sequence()
    sequence.accept(frame(1))
    for (let version = 3; version < 3000; version++) sequence.accept(frame(version))
    expect(sequence.accept(frame(2))).toHaveLength(1001)
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
