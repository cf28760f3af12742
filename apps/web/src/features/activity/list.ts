import type { ActivityItem } from '@chatapp/protocol'
import { create } from 'zustand'
import { useActivity } from '../../lib/activity/unread.ts'
import { client } from '../../lib/session/client.ts'
import { useSession } from '../../lib/session/session.ts'

export type Filter = 'all' | 'unread'

interface List {
  filter: Filter
  status: 'asking' | 'failed' | 'ready'
  /** Why it failed. */
  error: unknown
  /** Null until they are known for the first time. */
  items: ActivityItem[] | null
  next: string | null
  more: 'idle' | 'busy' | 'failed'
}

const PAGE = 30
/** More the server does not give at once. */
const PAGE_MAX = 200
const NOTHING: List = {
  ...{ filter: 'all', status: 'asking', error: null, items: null, next: null, more: 'idle' },
}

/** Kept outside of the screen: going to a message and back shows at once what was there. */
export const useList = create<List>(() => NOTHING)
useSession.subscribe(({ status }) => status !== 'signed-in' && useList.setState(NOTHING))

/** Asks now, and anew whenever it may have become another one. Returns what ends it. */
export function followList(): () => void {
  void load()
  return useActivity.subscribe(({ turn }, before) => {
    if (turn !== before.turn) void load()
  })
}

export function setFilter(filter: Filter): void {
  useList.setState({ ...NOTHING, filter })
  void load()
}

let latest = 0

/** As much as is in sight, in place of what is. */
export async function load(): Promise<void> {
  const asked = ++latest
  const { filter, items } = useList.getState()
  const limit = Math.min(PAGE_MAX, Math.max(PAGE, items?.length ?? 0))
  useList.setState({ status: 'asking' })
  const answer = await client.messages.activity({ filter, limit }).then(
    ({ items, next }) => ({ items, next, status: 'ready' as const, more: 'idle' as const }),
    (error: unknown) => ({ status: 'failed' as const, error }),
  )
  if (asked === latest) useList.setState(answer)
}

/** The next page, when there is one and none is on its way. */
export async function loadMore(): Promise<void> {
  const { filter, items, next: cursor, more, status } = useList.getState()
  if (!items || cursor === null || more === 'busy' || status === 'asking') return
  const asked = latest
  useList.setState({ more: 'busy' })
  const answer = await client.messages.activity({ filter, limit: PAGE, cursor }).then(
    (page) => ({ items: [...items, ...page.items], next: page.next, more: 'idle' as const }),
    () => ({ more: 'failed' as const }),
  )
  if (asked === latest) useList.setState(answer)
}
