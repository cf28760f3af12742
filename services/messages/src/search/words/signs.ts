import { LRUCache } from 'lru-cache'
import { cut } from './cut.ts'
import { fold } from './fold.ts'

/**
 * `letter` is of a script with spaces between words; `dense` of one without; a `joint` may stand
 * inside a name (`user_name`, `node.js`); an `end` belongs to the word before it (`C++`, `100%`).
 */
export type SignKind = 'letter' | 'dense' | 'emoji' | 'joint' | 'end' | 'gap'

/** A sign as searches compare it. */
export interface Sign {
  text: string
  kind: SignKind
  letterCase: 'upper' | 'lower' | 'none'
}

const SIGN =
  /(?<emoji>\p{RGI_Emoji}|\p{Extended_Pictographic}\ufe0f?)|[\uff66-\uff9d][\uff9e\uff9f]|[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]{1,96}|\P{M}\p{M}*|\p{M}+/vy
/** Nobody writes more marks on one letter; thousands of them would be read for seconds. */
const CLUSTER_MAX = 96
const DENSE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc\u3005]/u
const LETTER = /^[\p{L}\p{N}\p{M}]/u
const JOINTS = new Set([..."_-.'’&‐‑", 'ʼ', 'ʻ', '׳', '״'])
/** Unseen, but Persian puts it between the parts of a word, as others do a hyphen. */
const PERSIAN_JOINT = '\u200c'
const ENDS = new Set(['+', '#', '%'])
const SKIN_TONE = /[\u{1f3fb}-\u{1f3ff}]/gu
const VARIATION = /[\ufe0e\ufe0f]/gu

const ASCII_MAX = 0x7f
const asciiReads: readonly Read[] = Array.from({ length: ASCII_MAX + 1 }, (_, code) => {
  const source = String.fromCharCode(code)
  return { signs: [signOf(source.toLowerCase(), caseOf(source))], length: 1 }
})
/** Below it nothing joins the sign before. */
const FIRST_MARK = 0x300
/** What a sign outside of ASCII comes to; a language has some thousands of them at most. */
const KEPT_SIGNS = 20_000
const kept = new LRUCache<string, readonly Sign[]>({ max: KEPT_SIGNS })

type Visit = (sign: Sign, start: number, end: number) => void

/** Visits the signs of a text in their order, with where they stand: UTF-16 units, [start, end). */
export function eachSign(text: string, visit: Visit): void {
  let at = 0
  while (at < text.length) {
    const { signs, length } = readOne(text, at) ?? readCluster(text, at)
    for (const sign of signs) visit(sign, at, at + length)
    at += length
  }
}

interface Read {
  signs: readonly Sign[]
  length: number
}

/** The fast way for what is one unit long and known: ASCII, and dense scripts soon after the start. */
function readOne(text: string, at: number): Read | undefined {
  if (!standsAlone(text.charCodeAt(at + 1))) return undefined
  const plain = asciiReads[text.charCodeAt(at)]
  if (plain) return plain
  const signs = kept.get(text.charAt(at))
  return signs && { signs, length: 1 }
}

/** Whether a sign that starts with this code (NaN at the end) surely leaves the one before as it is. */
const standsAlone = (code: number) =>
  !(code >= FIRST_MARK) || (code >= 0x3041 && code <= 0x3096) || (code >= 0x30a0 && code <= 0x9fff)

function readCluster(text: string, at: number): Read {
  SIGN.lastIndex = at
  const match = SIGN.exec(text)
  const whole = match?.[0] ?? text.charAt(at)
  const source = cut(whole, CLUSTER_MAX)
  const signs = kept.get(source) ?? signsIn(source, match?.groups?.emoji !== undefined)
  kept.set(source, signs)
  return { signs, length: whole.length }
}

function signsIn(source: string, isEmoji: boolean): readonly Sign[] {
  if (source === PERSIAN_JOINT) return [{ text: source, kind: 'joint', letterCase: 'none' }]
  if (isEmoji) return [{ text: plainEmoji(source), kind: 'emoji', letterCase: 'none' }]
  const letterCase = caseOf(source)
  return [...fold(source)].map((part) => signOf(part, letterCase))
}

/** The same emoji in every skin, with and without the mark for "show as a picture". */
function plainEmoji(emoji: string): string {
  return emoji.replaceAll(SKIN_TONE, '').replaceAll(VARIATION, '')
}

function signOf(text: string, letterCase: Sign['letterCase']): Sign {
  return { text, kind: kindOf(text), letterCase }
}

function kindOf(text: string): SignKind {
  if (DENSE.test(text)) return 'dense'
  // Before letters: Unicode has two apostrophes among these.
  if (JOINTS.has(text)) return 'joint'
  if (LETTER.test(text)) return 'letter'
  return ENDS.has(text) ? 'end' : 'gap'
}

function caseOf(source: string): Sign['letterCase'] {
  const [lower, upper] = [source.toLowerCase(), source.toUpperCase()]
  if (lower === upper) return 'none'
  return source === lower ? 'lower' : 'upper'
}
