import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { loadShortcodes } from '../../lib/emoji/shortcodes.ts'
import { replaceIn } from '../../lib/text/replace-in.ts'
import { type Option, useOptions } from './options.ts'
import { closedShortcode, type Token, tokenAt } from './token.ts'

export interface SuggestionState {
  id: string
  kind: Token['kind']
  options: Option[]
  active: number
}

/** What is offered for the word at the caret, and the keys that choose from it. */
export function useSuggestions(
  conversationId: string,
  field: RefObject<HTMLTextAreaElement | null>,
) {
  const id = useId()
  const [token, setToken] = useState<Token | null>(null)
  const [active, setActive] = useState(0)
  const options = useOptions(conversationId, token)
  const shown: SuggestionState | null =
    token && options.length > 0
      ? { id, kind: token.kind, options, active: Math.min(active, options.length - 1) }
      : null

  function look({ value, selectionStart, selectionEnd }: HTMLTextAreaElement) {
    const isCaret = selectionStart === selectionEnd
    const next = isCaret ? tokenAt(value, selectionStart) : null
    if (next?.query !== token?.query) setActive(0)
    if (next?.start !== token?.start || next?.end !== token?.end) setToken(next)
  }
  function pick(option: Option) {
    if (!token || !field.current) return
    replaceIn(field.current, option.insert, token)
    setToken(null)
  }
  /** True when the key was for the list. */
  function takeKey(event: KeyboardEvent): boolean {
    if (!shown) return false
    const { length } = shown.options
    const option = shown.options[shown.active]
    if (event.key === 'ArrowDown') setActive((shown.active + 1) % length)
    else if (event.key === 'ArrowUp') setActive((shown.active + length - 1) % length)
    else if (event.key === 'Escape') setToken(null)
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && option)
      pick(option)
    else return false
    event.preventDefault()
    return true
  }
  return { shown, look, pick, takeKey, setActive, close: () => setToken(null) }
}

/** `:tada:` becomes its emoji with the second colon. */
export async function replaceShortcode(field: HTMLTextAreaElement): Promise<void> {
  const { value, selectionStart } = field
  const closed = closedShortcode(value, selectionStart)
  if (!closed) return
  const known = (await loadShortcodes()).find(({ name }) => name === closed.query.toLowerCase())
  // Meanwhile somebody may have written on.
  if (known && field.value === value) replaceIn(field, known.emoji, closed)
}
