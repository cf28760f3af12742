import { useEffect, useMemo, useState } from 'react'
import { useRoles } from '../../lib/chat/facts.ts'
import { useChat } from '../../lib/chat/hooks.ts'
import { loadMoreMembers } from '../../lib/chat/refresh.ts'
import { memberOrder } from './member-order.ts'

/** Who is here. Large groups come page by page while one scrolls, and whole for a search. */
export function useMemberIds(conversationId: string, query: string) {
  const members = useRoles(conversationId)
  const people = useChat((state) => state.people)
  const [isBusy, setIsBusy] = useState(false)
  const isSearching = query.trim() !== ''
  useEffect(() => {
    if (!isSearching) return
    let isWanted = true
    const loadRest = async () => {
      while (isWanted && (await loadMoreMembers(conversationId)));
    }
    loadRest().catch(() => {})
    return () => {
      isWanted = false
    }
  }, [conversationId, isSearching])
  const ids = useMemo(() => memberOrder(members ?? {}, people, query), [members, people, query])

  async function loadMore() {
    if (isBusy) return
    setIsBusy(true)
    // Offline: scrolling asks again.
    await loadMoreMembers(conversationId).catch(() => false)
    setIsBusy(false)
  }
  return { ids, isLoaded: members !== undefined, loadMore: () => void loadMore() }
}
