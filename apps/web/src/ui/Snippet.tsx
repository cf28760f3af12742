import { snippet } from '../lib/text/snippet.ts'

interface SnippetProps {
  text: string
  /** From and to, in UTF-16 units. */
  highlights: [number, number][]
}

/** As many letters as surely are in the first two of its lines. */
const LEAD = 60

/** The part of a text where it was found, in three lines at most. */
export function Snippet({ text, highlights }: SnippetProps) {
  return (
    <span dir="auto" className="line-clamp-3 text-small [overflow-wrap:anywhere] text-ink-2">
      {snippet(text, highlights, LEAD).map((piece, n) =>
        piece.isHit ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, they never move
          <mark key={n} className="rounded-xs bg-mark font-medium text-ink">
            {piece.text}
          </mark>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, they never move
          <span key={n}>{piece.text}</span>
        ),
      )}
    </span>
  )
}
