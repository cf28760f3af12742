import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { replaceIn } from '../../lib/text/replace-in.ts'
import { type Token, tokenAt } from './completion.ts'
import { type Option, useOptions } from './use-options.ts'

/** What is offered at the caret, and the keys that choose from it. */
export function useCompletion(field: RefObject<HTMLTextAreaElement | null>) {
  const id = useId()
  const [token, setToken] = useState<Token | null>(null)
  const [active, setActive] = useState(0)
  const options = useOptions(token)
  const index = Math.min(active, options.length - 1)
  const [only] = options.length === 1 ? options : []
  const isWritten = only !== undefined && only.value === token?.written
  const shown = token && options.length > 0 && !isWritten ? { id, options, active: index } : null

  function look({ value, selectionStart, selectionEnd }: HTMLTextAreaElement) {
    const next = selectionStart === selectionEnd ? tokenAt(value, selectionStart) : null
    if (next?.key === token?.key && next?.written === token?.written) return
    setActive(0)
    setToken(next)
  }
  function pick({ value }: Option) {
    if (!token || !field.current) return
    replaceIn(field.current, `${value} `, token.place)
    setToken(null)
  }
  /** True when the key was for the list. */
  function takeKey(event: KeyboardEvent): boolean {
    const option = shown?.options[index]
    if (!shown || !option) return false
    const { length } = shown.options
    if (event.key === 'ArrowDown') setActive((index + 1) % length)
    else if (event.key === 'ArrowUp') setActive((index + length - 1) % length)
    else if (event.key === 'Escape') setToken(null)
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) pick(option)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  return { shown, look, pick, takeKey, setActive, close: () => setToken(null) }
}
