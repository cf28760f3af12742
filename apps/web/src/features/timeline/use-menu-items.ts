import type { TextMessage } from '@chatapp/protocol'
import { BellDot, CheckCheck, Copy, Link, MailOpen, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useConversation } from '../../lib/chat/hooks.ts'
import type { MenuItem } from '../../ui/Menu.tsx'
import { copy, linkOf, unread } from './act.ts'
import { openDialog } from './dialog.ts'

/** What else one can do with a message. */
export function useMenuItems(message: TextMessage, isMine: boolean): MenuItem[] {
  const { t } = useTranslation('timeline')
  const conversation = useConversation(message.conversationId)
  const isModerator = conversation?.kind === 'group' && conversation.me.role !== 'member'
  const items: MenuItem[] = [
    {
      label: t('copyText'),
      icon: Copy,
      onSelect: () => void copy(message.data ?? '', t('copied')),
    },
    {
      label: t('copyLink'),
      icon: Link,
      onSelect: () => void copy(linkOf(message), t('copied')),
    },
    {
      label: t('seenTitle'),
      icon: CheckCheck,
      onSelect: () => openDialog({ kind: 'seen', message }),
    },
  ]
  if (!isMine) {
    items.push(
      { label: t('markUnread'), icon: MailOpen, onSelect: () => unread(message) },
      {
        label: t('whyTitle'),
        icon: BellDot,
        onSelect: () => openDialog({ kind: 'why', message }),
      },
    )
  }
  if (isMine || isModerator) {
    const onSelect = () => openDialog({ kind: 'unsend', message })
    items.push({ label: t('unsend'), icon: Trash2, isDanger: true, onSelect })
  }
  return items
}
