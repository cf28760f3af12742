import { EVERYONE_NAME, MESSAGE_TEXT_MAX, namesIn, type TextMessage } from '@chatapp/protocol'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  editMessage,
  endDraft,
  sendMessage,
  setDraftText,
  tellTyping,
} from '../../lib/chat/actions.ts'
import { clearComposerIntent, setComposerIntent } from '../../lib/chat/composer-intent.ts'
import { useDraft } from '../../lib/chat/hooks.ts'
import { chat } from '../../lib/chat/store.ts'
import { showNotice } from '../../lib/shell/shell.ts'

/** What is being written in a conversation, and what can be done with it. */
export function useComposer(conversationId: string) {
  const { t } = useTranslation('composer')
  const draft = useDraft(conversationId)
  const { text, replyTo, editing } = draft
  const [isAsking, setAsking] = useState(false)
  const excess = excessOf(text)

  async function saveEdit(messageId: string) {
    endDraft(conversationId)
    const message = findText(conversationId, messageId)
    if (message?.data === text) return
    try {
      await editMessage(messageId, text)
    } catch {
      if (message) setComposerIntent({ kind: 'edit', message })
      setDraftText(conversationId, text)
      showNotice(t('editFailed'))
    }
  }
  /** Blank and too long texts stay where they are. */
  function submit(): true {
    if (text.trim() === '' || excess > 0) return true
    if (editing) void saveEdit(editing.messageId)
    else if (callsMany(conversationId, text)) setAsking(true)
    else send()
    return true
  }
  function send() {
    sendMessage(conversationId, text, replyTo)
    endDraft(conversationId)
  }
  function write(next: string) {
    setDraftText(conversationId, next)
    if (!editing && next !== '') tellTyping(conversationId)
  }
  /** True when there was something to give up. */
  function cancel(): boolean {
    if (!editing && !replyTo) return false
    clearComposerIntent(conversationId)
    return true
  }
  function editLast(): boolean {
    const message = text === '' && !editing ? lastOwn(conversationId) : undefined
    if (message) setComposerIntent({ kind: 'edit', message })
    return message !== undefined
  }
  const question = isAsking ? { onConfirm: send, onClose: () => setAsking(false) } : null
  return { draft, excess, submit, write, cancel, editLast, question }
}

/** In a small group everybody is meant anyway. */
const ASKS_ABOVE_MEMBERS = 5

function callsMany(conversationId: string, text: string): boolean {
  if (!namesIn(text).includes(EVERYONE_NAME)) return false
  const { conversations, loaded } = chat.getState()
  const conversation = conversations[conversationId]
  // Of an earlier visit, or of nothing: there may be more by now.
  if (!conversation || loaded !== 'live') return conversation?.kind !== 'direct'
  return conversation.kind === 'group' && conversation.memberCount > ASKS_ABOVE_MEMBERS
}

/** By how many characters it is too long. Counting is for long texts only: it costs. */
function excessOf(text: string): number {
  if (text.length <= MESSAGE_TEXT_MAX) return 0
  return Math.max(0, [...text].length - MESSAGE_TEXT_MAX)
}

function findText(conversationId: string, messageId: string): TextMessage | undefined {
  const messages = chat.getState().timelines[conversationId]?.messages ?? []
  const message = messages.find(({ id }) => id === messageId)
  return message?.kind === 'text' ? message : undefined
}

function lastOwn(conversationId: string): TextMessage | undefined {
  const { self, timelines } = chat.getState()
  const messages = timelines[conversationId]?.messages ?? []
  return messages.findLast(
    (message): message is TextMessage =>
      message.kind === 'text' && message.senderId === self?.id && message.data !== null,
  )
}
