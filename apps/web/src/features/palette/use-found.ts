import type { User } from '@chatapp/protocol'
import { useEffect, useState } from 'react'
import { client } from '../../lib/session/client.ts'

export type Hit = Awaited<ReturnType<typeof client.messages.search>>['items'][number]

interface Found {
  query: string
  people: User[]
  hits: Hit[]
  isDegraded: boolean
}

const PAUSE_MS = 150
const PEOPLE_MAX = 6
const HITS_MAX = 20
const NOTHING: Found = { query: '', people: [], hits: [], isDegraded: false }

/** People and messages, asked of the server a moment after the last key. */
export function useFound(query: string): Found & { isBusy: boolean } {
  const [found, setFound] = useState(NOTHING)
  const wanted = query.trim()
  useEffect(() => {
    if (wanted === '') return setFound(NOTHING)
    let isCurrent = true
    const timer = setTimeout(() => {
      void find(wanted).then((next) => isCurrent && setFound(next))
    }, PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [wanted])
  return { ...found, isBusy: found.query !== wanted }
}

/** Offline, what is known here is found all the same. */
async function find(query: string): Promise<Found> {
  const [people, messages] = await Promise.allSettled([
    client.users.find(query, { limit: PEOPLE_MAX }),
    client.messages.search(query, { limit: HITS_MAX }),
  ])
  return {
    query,
    people: people.status === 'fulfilled' ? people.value.items : [],
    hits: messages.status === 'fulfilled' ? messages.value.items : [],
    isDegraded: messages.status === 'fulfilled' && messages.value.degraded,
  }
}
