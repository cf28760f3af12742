import type { Message } from '@chatapp/protocol'
import { useEffect, useRef, useState } from 'react'
import type { Timeline } from '../../lib/chat/state.ts'
import { chat } from '../../lib/chat/store.ts'
import { plainLine } from '../../lib/text/plain.ts'

const SPOKEN_MAX = 200
/** Of what comes faster than anybody can listen, the newest is said. */
const PAUSE_MS = 1_000

/**
 * Says what others write, politely. The log itself is silent: rows come and go in it by scrolling,
 * and nobody wants the history read aloud.
 */
export function Announcer({ timeline }: { timeline: Timeline | undefined }) {
  const [spoken, setSpoken] = useState('')
  const newest = timeline?.status === 'ready' && timeline.after === null && timeline.messages.at(-1)
  const known = useRef<number | null>(null)
  const next = useRef('')
  const timer = useRef<number>(undefined)
  useEffect(() => {
    if (!newest) return
    const isNew = known.current !== null && newest.position > known.current
    known.current = newest.position
    const words = isNew && wordsOf(newest)
    if (!words) return
    next.current = words
    if (timer.current !== undefined) return
    setSpoken(words)
    timer.current = window.setTimeout(() => {
      timer.current = undefined
      setSpoken(next.current)
    }, PAUSE_MS)
  }, [newest])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  return (
    <p aria-live="polite" className="sr-only">
      {spoken}
    </p>
  )
}

/** What others write, and nothing of my own. */
function wordsOf(message: Message): string | null {
  const { people, self } = chat.getState()
  if (message.kind !== 'text' || message.senderId === self?.id || !message.data) return null
  const name = people[message.senderId]?.displayName ?? ''
  return `${name}: ${plainLine(message.data).slice(0, SPOKEN_MAX)}`
}
