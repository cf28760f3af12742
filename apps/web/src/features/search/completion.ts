import { cutSearch, type FilterKind, type Place, type SearchPiece } from '@chatapp/protocol'

/** The value of a condition that the caret is in. */
export interface Token {
  key: FilterKind
  /** What is written of it, without quotation marks. */
  written: string
  /** What a choice takes the place of. */
  place: Place
}

export function tokenAt(text: string, caret: number): Token | null {
  const piece = cutSearch(text).find((one) => holds(one, caret))
  if (piece?.key === undefined) return null
  const { valuePlace, isQuoted, place } = piece
  return {
    // Only known operators are keys.
    key: piece.key as FilterKind,
    written: text.slice(valuePlace.start, Math.max(valuePlace.start, caret)),
    place: { start: isQuoted ? valuePlace.start - 1 : valuePlace.start, end: place.end },
  }
}

function holds({ valuePlace }: SearchPiece, caret: number): boolean {
  return valuePlace.start <= caret && caret <= valuePlace.end
}
