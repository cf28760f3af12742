import { cut } from './cut.ts'
import { eachSign, type Sign } from './signs.ts'

/** The smallest thing that can be found: a word, a part of a name, an emoji, a sign of a dense script. */
export interface Unit {
  text: string
  /** With what belongs to its end: `c++`, `100%`. */
  full: string
  kind: 'word' | 'dense' | 'emoji'
  /** Number of the name it is a part of: `getUserName` and `user_name` are one name each. */
  name: number
  start: number
  end: number
}

/** Longer words are cut, in texts and queries alike. */
const UNIT_MAX = 64
/** `c++++++…` is as good as `c++`: an index takes no token of any length. */
const ENDS_MAX = 8

/** The units of a text in their order. */
export function analyse(text: string): Unit[] {
  const reader = new Reader()
  eachSign(text, (sign, start, end) => reader.read(sign, start, end))
  reader.endWord()
  return reader.units
}

class Reader {
  readonly units: Unit[] = []
  #word: Letter[] = []
  #ends = ''
  #end = 0
  #name = 0
  /** The last sign may hold two parts of a name together. */
  #isJoined = false

  read(sign: Sign, start: number, end: number): void {
    if (sign.kind === 'letter') this.#readLetter({ ...sign, start, end })
    else if (sign.kind === 'end' && this.#word.length > 0) this.#readEnd(sign, end)
    else this.#readOther(sign, start, end)
  }

  endWord(): void {
    const letters = this.#word
    if (letters.length === 0) return
    const digitsAt = letters.findLastIndex((letter) => !isDigit(letter)) + 1
    let from = 0
    for (let at = 1; at < letters.length; at++) {
      const isNumber = at === digitsAt && takesNumber(letters.slice(from, at))
      if (!isNumber && !isBoundary(letters, at)) continue
      this.#addPart(letters.slice(from, at), '')
      from = at
    }
    this.#addPart(from === 0 ? letters : letters.slice(from), this.#ends)
    this.#word = []
    this.#ends = ''
  }

  #readLetter(letter: Letter): void {
    // In `a+b` the plus is a gap after all.
    if (this.#ends !== '') this.endWord()
    if (this.#word.length === 0 && !this.#isJoined) this.#name++
    this.#isJoined = false
    this.#word.push(letter)
  }

  #readEnd(sign: Sign, end: number): void {
    this.#ends += sign.text
    this.#end = end
  }

  #readOther(sign: Sign, start: number, end: number): void {
    this.#isJoined = sign.kind === 'joint' && this.#word.length > 0 && this.#ends === ''
    this.endWord()
    if (sign.kind !== 'dense' && sign.kind !== 'emoji') return
    const { text, kind } = sign
    this.units.push({ text, full: text, kind, name: ++this.#name, start, end })
  }

  #addPart(letters: Letter[], ends: string): void {
    const last = letters[letters.length - 1]
    const text = letters.map((letter) => letter.text).join('')
    const kept = cut(text, UNIT_MAX)
    this.units.push({
      text: kept,
      full: kept + ends.slice(0, ENDS_MAX),
      kind: 'word',
      name: this.#name,
      start: letters[0]?.start ?? 0,
      end: ends === '' ? (last?.end ?? 0) : this.#end,
    })
  }
}

interface Letter extends Sign {
  start: number
  end: number
}

/** Between `get` and `User`, and between `HTTP` and `Server`. */
function isBoundary(letters: Letter[], at: number): boolean {
  const [before, here, after] = [letters[at - 1], letters[at], letters[at + 1]]
  if (here?.letterCase !== 'upper') return false
  if (before?.letterCase === 'lower') return true
  return before?.letterCase === 'upper' && after?.letterCase === 'lower'
}

const isDigit = ({ text }: Letter) => text.length === 1 && text >= '0' && text <= '9'

/** As `v` does in `v2`, and `node` in `node24`, but nothing in `x86`, `93a` or a hash. */
function takesNumber(part: Letter[]): boolean {
  if (part.some(isDigit)) return false
  return part.length > 1 || part[0]?.text === 'v'
}
