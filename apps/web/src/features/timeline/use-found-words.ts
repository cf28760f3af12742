import { type RefObject, useEffect } from 'react'
import { useSearches } from '../../lib/shell/searches.ts'
import { findShown, type Stretch } from '../../lib/text/occurrence.ts'

const NAME = 'found'

/** Marks what a search has found in this message, without touching what is rendered. */
export function useFoundWords(
  body: RefObject<HTMLElement | null>,
  { id, data }: { id: string; data: string | null },
): void {
  const found = useSearches((state) => (state.found?.messageId === id ? state.found : null))
  useEffect(() => {
    const root = body.current
    // Some browsers have no highlights of their own making yet.
    if (!found || !root || data === null || !('highlights' in CSS)) return
    const mark = () => {
      const ranges = rangesIn(root, (shown) => findShown(data, found.highlights, shown))
      CSS.highlights.set(NAME, new Highlight(...ranges))
    }
    mark()
    // Markdown and coloured code come a moment later.
    const watching = new MutationObserver(mark)
    watching.observe(root, { childList: true, subtree: true, characterData: true })
    return () => {
      watching.disconnect()
      CSS.highlights.delete(NAME)
    }
  }, [body, found, data])
}

/** The text that is shown, and back from places in it to the document. */
function rangesIn(root: HTMLElement, find: (shown: string) => Stretch[]): Range[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const pieces: { node: Node; start: number }[] = []
  let shown = ''
  while (walker.nextNode()) {
    pieces.push({ node: walker.currentNode, start: shown.length })
    shown += walker.currentNode.nodeValue ?? ''
  }
  return find(shown).flatMap(([start, end]) => {
    const first = pieces.findLast((piece) => piece.start <= start)
    const last = pieces.findLast((piece) => piece.start < end)
    if (!first || !last) return []
    const range = new Range()
    range.setStart(first.node, start - first.start)
    range.setEnd(last.node, end - last.start)
    return range
  })
}
