import type { Role } from '@chatapp/protocol'
import { useNavigate } from '@tanstack/react-router'
import { MessageCircle, Shield, ShieldCheck, UserMinus, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { showConversation } from '../../lib/chat/actions.ts'
import type { ConversationFacts } from '../../lib/chat/facts.ts'
import { useSelf } from '../../lib/chat/hooks.ts'
import { client } from '../../lib/session/client.ts'
import { closeDetails } from '../../lib/shell/shell.ts'
import type { MenuItem } from '../../ui/Menu.tsx'
import { mayRemove, rolesToGive } from './roles.ts'
import { attempt } from './update.ts'

const ROLES = {
  owner: { text: 'makeOwner', icon: ShieldCheck },
  admin: { text: 'makeAdmin', icon: Shield },
  member: { text: 'makeMember', icon: UserRound },
} as const

interface About {
  conversation: ConversationFacts
  userId: string
  role: Role
  onRemove: () => void
}

/** What one may do with a member; nothing that the server would refuse anyway. */
export function useMemberActions({ conversation, userId, role, onRemove }: About): MenuItem[] {
  const { t } = useTranslation('details')
  const navigate = useNavigate()
  const self = useSelf()
  const { id, me, lobby } = conversation
  const isMe = userId === self?.id

  async function write() {
    await attempt(async () => {
      const direct = await client.conversations.openDirect(userId)
      showConversation(direct)
      if (matchMedia('(width < 1180px)').matches) closeDetails()
      await navigate({ to: '/c/$conversationId', params: { conversationId: direct.id } })
    })
  }

  const items: MenuItem[] = rolesToGive(me.role, role).map((given) => ({
    label: t(ROLES[given].text),
    icon: ROLES[given].icon,
    onSelect: () => void attempt(() => client.conversations.setRole(id, userId, given)),
  }))
  if (isMe) return items
  items.unshift({ label: t('write'), icon: MessageCircle, onSelect: () => void write() })
  if (!lobby && mayRemove(me.role, role)) {
    items.push({ label: t('remove'), icon: UserMinus, isDanger: true, onSelect: onRemove })
  }
  return items
}
