import type { Unit } from './analyse.ts'

/** Tokens of texts are in lower case, so that no text can pretend to be a pair. */
const MARK = 'P'
/** An index has so many tokens for pairs at most, however many words stand side by side in texts. */
const BITS = 18
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_'
const DIGIT_BITS = 6

/**
 * A token for the unit and the one behind it, so that an index finds words side by side without
 * looking at every text that has both. Other pairs may have the same one. Undefined at the end, and
 * for neighbouring dense signs, whose token is the two together.
 */
export function pairTokenAt(units: Unit[], i: number): string | undefined {
  const [unit, next] = [units[i], units[i + 1]]
  if (!unit || !next || (unit.kind === 'dense' && next.kind === 'dense')) return undefined
  let hash = hashOf(`${unit.text} ${next.text}`) >>> (32 - BITS)
  let token = MARK
  for (let bits = 0; bits < BITS; bits += DIGIT_BITS) {
    token += DIGITS.charAt(hash & (DIGITS.length - 1))
    hash >>>= DIGIT_BITS
  }
  return token
}

/** FNV-1a, mixed once more so that its first bits are as good as its last. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
}
