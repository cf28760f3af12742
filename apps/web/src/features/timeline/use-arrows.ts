import { type KeyboardEvent, useState } from 'react'
import type { List } from './list.ts'
import type { Row } from './rows.ts'

/** Arrow keys go from message to message; the focused one stays mounted wherever one scrolls. */
export function useArrows(list: List, rows: Row[]) {
  const [focusedKey, setFocusedKey] = useState<string | null>(null)
  const focused = focusedKey === null ? -1 : rows.findIndex(({ key }) => key === focusedKey)

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const handle = list.current
    const isOnRow = event.target instanceof HTMLElement && event.target.role !== 'textbox'
    const isAtRow = event.target === event.currentTarget || isArticle(event.target)
    if (!handle || !isOnRow || !isAtRow || event.altKey || event.ctrlKey || event.metaKey) return
    const bottom = handle.findItemIndex(handle.scrollOffset + handle.viewportSize - 1)
    const from = isArticle(event.target) ? focused : bottom + 1
    const next = nextIndex(rows, event.key, from)
    if (next === null) return
    event.preventDefault()
    if (next < 0) return
    handle.scrollToIndex(next, { align: 'nearest' })
    focusWhenThere(event.currentTarget, rows[next]?.key ?? '')
  }
  return { onKeyDown, onFocusRow: setFocusedKey, keepMounted: focused < 0 ? [] : [focused] }
}

function isArticle(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.tagName === 'ARTICLE'
}

/** Null for other keys, -1 when there is none that way. */
function nextIndex(rows: Row[], key: string, from: number): number | null {
  const isText = (row: Row) => row.kind === 'text'
  switch (key) {
    case 'ArrowUp':
      return rows.findLastIndex((row, index) => index < from && isText(row))
    case 'ArrowDown':
      return rows.findIndex((row, index) => index > from && isText(row))
    case 'Home':
      return rows.findIndex(isText)
    case 'End':
      return rows.findLastIndex(isText)
    default:
      return null
  }
}

const TRIES = 10

/** It is mounted within a few frames. */
function focusWhenThere(root: HTMLElement, key: string, tries = TRIES): void {
  const article = root.querySelector<HTMLElement>(`article[data-row="${CSS.escape(key)}"]`)
  if (article) article.focus({ preventScroll: true })
  else if (tries > 0) requestAnimationFrame(() => focusWhenThere(root, key, tries - 1))
}
