import { useEffect, useRef, useState } from 'react'
import { useChat } from '../../lib/chat/hooks.ts'
import type { Timeline } from '../../lib/chat/state.ts'
import { chat } from '../../lib/chat/store.ts'
import { plainLine } from '../../lib/text/plain.ts'

const SPOKEN_MAX = 200

/**
 * Says what others write, politely. The log itself is silent: rows come and go in it by scrolling,
 * and nobody wants the history read aloud.
 */
export function Announcer({ timeline }: { timeline: Timeline | undefined }) {
  const [spoken, setSpoken] = useState('')
  const selfId = useChat(({ self }) => self?.id)
  const newest = timeline?.status === 'ready' && timeline.after === null && timeline.messages.at(-1)
  const known = useRef<number | null>(null)
  useEffect(() => {
    if (!newest) return
    const isNew = known.current !== null && newest.position > known.current
    known.current = newest.position
    if (!isNew || newest.kind !== 'text' || newest.senderId === selfId || !newest.data) return
    const name = chat.getState().people[newest.senderId]?.displayName ?? ''
    setSpoken(`${name}: ${plainLine(newest.data).slice(0, SPOKEN_MAX)}`)
  }, [newest, selfId])
  return (
    <p aria-live="polite" className="sr-only">
      {spoken}
    </p>
  )
}
