import { useTranslation } from 'react-i18next'
import { useDraft, usePerson, useSelf } from '../../lib/chat/hooks.ts'
import type { ChatConversation } from '../../lib/chat/state.ts'
import { plainLine } from '../../lib/text/plain.ts'

/** The second line of a row: the draft, else the newest message. */
export function Preview({ conversation }: { conversation: ChatConversation }) {
  const { t } = useTranslation(['conversations', 'timeline'])
  const { lastMessage, kind, id } = conversation
  const self = useSelf()
  const draft = useDraft(id)
  const sender = usePerson(lastMessage?.senderId ?? '')
  if (draft.text && !draft.editing) return t('draft', { text: plainLine(draft.text) })
  if (lastMessage?.kind !== 'text') return null
  if (lastMessage.data === null) return t('unsent', { ns: 'timeline' })
  const text = plainLine(lastMessage.data)
  if (lastMessage.senderId === self?.id) return t('yours', { text })
  return kind === 'group' && sender ? t('from', { name: sender.displayName, text }) : text
}
