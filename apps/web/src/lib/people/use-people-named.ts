import type { User } from '@chatapp/protocol'
import { useEffect, useState } from 'react'
import { client } from '../session/client.ts'

const SHOWN_MAX = 30
/** Between two keys of somebody who types. */
const PAUSE_MS = 120

/** People whose name begins so; null until the first answer, and while nobody is looked for. */
export function usePeopleNamed(query: string | null): User[] | null {
  const [people, setPeople] = useState<User[] | null>(null)
  useEffect(() => {
    if (query === null) return setPeople(null)
    let isCurrent = true
    const timer = setTimeout(() => {
      client.users.find(query.trim(), { limit: SHOWN_MAX }).then(
        ({ items }) => isCurrent && setPeople(items),
        // Offline: what was found before stays.
        () => {},
      )
    }, PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [query])
  return people
}
