import type { Role } from '@chatapp/protocol'
import { MoreHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationFacts } from '../../lib/chat/facts.ts'
import { useChat, usePerson, usePresence, useSelf } from '../../lib/chat/hooks.ts'
import { client } from '../../lib/session/client.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { BotMark } from '../../ui/BotMark.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { attempt } from './update.ts'
import { useMemberActions } from './use-member-actions.ts'

/** Where there is a pointer, the button takes the place of the role while one is there. */
const HIDDEN_UNTIL_NEAR =
  '-mr-2 pointer-fine:absolute pointer-fine:right-0 pointer-fine:opacity-0 pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:opacity-100 pointer-fine:aria-expanded:opacity-100'

interface MemberRowProps {
  conversation: ConversationFacts
  userId: string
}

export function MemberRow({ conversation, userId }: MemberRowProps) {
  const { t } = useTranslation(['details', 'presence'])
  const person = usePerson(userId)
  const presence = usePresence(userId)
  const self = useSelf()
  const role = useChat((state) => state.members[conversation.id]?.[userId]?.role) ?? 'member'
  const name = person?.displayName ?? ''
  const isMe = userId === self?.id
  return (
    <div className="group relative flex h-11 items-center gap-2.5">
      <Avatar id={userId} name={name} url={person?.avatarUrl} size="small" presence={presence} />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-row leading-[18px] font-medium">
          {name} {person?.isBot && <BotMark />}
        </span>
        <span className="block truncate text-meta text-ink-3">
          {isMe ? t('you') : presence && t(presence, { ns: 'presence' })}
        </span>
      </span>
      {role !== 'member' && (
        <span className="text-meta text-ink-3 pointer-fine:group-focus-within:opacity-0 pointer-fine:group-hover:opacity-0">
          {t(role)}
        </span>
      )}
      <Actions conversation={conversation} userId={userId} role={role} name={name} />
    </div>
  )
}

interface ActionsProps extends MemberRowProps {
  role: Role
  name: string
}

function Actions({ conversation, userId, role, name }: ActionsProps) {
  const { t } = useTranslation('details')
  const [isRemoving, setIsRemoving] = useState(false)
  const onRemove = () => setIsRemoving(true)
  const items = useMemberActions({ conversation, userId, role, onRemove })
  if (items.length === 0) return null
  return (
    <>
      <Menu
        trigger={
          <IconButton
            icon={MoreHorizontal}
            label={t('actionsFor', { name })}
            className={HIDDEN_UNTIL_NEAR}
          />
        }
        items={items}
      />
      {isRemoving && (
        <ConfirmDialog
          title={t('removeTitle', { name })}
          text={t('removeText', { name })}
          action={t('remove')}
          onConfirm={() => void attempt(() => client.conversations.remove(conversation.id, userId))}
          onClose={() => setIsRemoving(false)}
        />
      )}
    </>
  )
}
