/** A piece of a message's text; `isHit`: it is what was searched for. */
export interface Piece {
  text: string
  isHit: boolean
}

/** So much is shown before the first hit; a row of one line cuts off what is too long behind it. */
const LEAD = 24
const LENGTH_MAX = 200
/** Of Markdown, as far as they are in the way of reading; of a block of code, its language. */
const MARKS = /\*\*|~~|`{3,}[\w+#-]*(?=\s)|`+/g

/** What is around the first hit, with every hit of it marked. Ranges are in UTF-16 units. */
export function snippet(text: string, highlights: [number, number][], lead = LEAD): Piece[] {
  const first = highlights[0]?.[0] ?? 0
  const start = wordStart(text, Math.max(0, first - lead))
  const end = Math.min(text.length, start + LENGTH_MAX)
  const pieces: Piece[] = []
  let at = start
  for (const [from, to] of highlights) {
    if (from < at || to > end) continue
    pieces.push({ text: text.slice(at, from), isHit: false })
    pieces.push({ text: text.slice(from, to), isHit: true })
    at = to
  }
  pieces.push({ text: text.slice(at, end), isHit: false })
  const head: Piece[] = start > 0 ? [{ text: '… ', isHit: false }] : []
  const tail: Piece[] = end < text.length ? [{ text: ' …', isHit: false }] : []
  return [...head, ...pieces, ...tail]
    .map((piece) => ({ ...piece, text: piece.text.replace(MARKS, '').replace(/\s+/g, ' ') }))
    .filter((piece) => piece.text !== '')
}

/** Not in the middle of a word, and never of a character. */
function wordStart(text: string, from: number): number {
  if (from === 0) return 0
  const space = text.slice(from, from + LEAD).search(/\s/)
  if (space >= 0) return from + space + 1
  const isLowHalf = /[\uDC00-\uDFFF]/.test(text[from] ?? '')
  return isLowHalf ? from - 1 : from
}
