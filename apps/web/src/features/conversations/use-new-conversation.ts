import type { HistoryPolicy, User } from '@chatapp/protocol'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showConversation } from '../../lib/chat/actions.ts'
import { client } from '../../lib/session/client.ts'
import { closeOverlay, showNotice } from '../../lib/shell/shell.ts'

const TITLE_MAX = 100

/** Who is chosen and what becomes of it: a direct conversation with one, a group with more. */
export function useNewConversation(isGroupWanted: boolean) {
  const { t } = useTranslation('conversations')
  const navigate = useNavigate()
  const [picked, setPicked] = useState<User[]>([])
  const [wantsGroup, setWantsGroup] = useState(isGroupWanted)
  const [title, setTitle] = useState('')
  const [history, setHistory] = useState<HistoryPolicy>('shared')
  const [isBusy, setIsBusy] = useState(false)
  const isGroup = wantsGroup || picked.length > 1
  const suggestion = picked.map(({ displayName }) => displayName.split(' ')[0]).join(', ')
  const name = (title.trim() || suggestion).slice(0, TITLE_MAX)
  const canStart = isGroup ? name !== '' : picked.length === 1

  function create() {
    const userIds = picked.map(({ id }) => id)
    if (isGroup) return client.conversations.create({ title: name, userIds, history })
    return client.conversations.openDirect(userIds[0] ?? '')
  }
  async function start() {
    if (!canStart || isBusy) return
    setIsBusy(true)
    try {
      const conversation = await create()
      showConversation(conversation)
      closeOverlay()
      await navigate({ to: '/c/$conversationId', params: { conversationId: conversation.id } })
    } catch {
      showNotice(t('createFailed'))
      setIsBusy(false)
    }
  }
  return {
    ...{ picked, setPicked, isGroup, makeGroup: () => setWantsGroup(true) },
    ...{ title, setTitle, suggestion, history, setHistory, canStart, isBusy, start },
  }
}
