import { create } from 'zustand'
import { chat } from './store.ts'

/** Shorter gaps are nobody's business. */
const SHOWN_AFTER_MS = 2_000

/** Offline for long enough to say so. Kept here: going from screen to screen must not hide it. */
export const useIsOffline = create(() => false)
let timer: ReturnType<typeof setTimeout> | undefined

watch()
chat.subscribe(watch)

function watch() {
  const isAway = chat.getState().connection.kind !== 'online'
  if (isAway) {
    timer ??= setTimeout(() => useIsOffline.setState(true, true), SHOWN_AFTER_MS)
    return
  }
  clearTimeout(timer)
  timer = undefined
  if (useIsOffline.getState()) useIsOffline.setState(false, true)
}
