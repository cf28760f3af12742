import type { TextMessage } from '@chatapp/protocol'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSelf } from '../../lib/chat/hooks.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { react } from './act.ts'
import { openDialog } from './dialog.ts'

const QUICK = ['👍', '❤️', '😂', '🎉', '👀', '✅']

interface QuickReactionsProps {
  message: TextMessage
  onDone: () => void
}

export function QuickReactions({ message, onDone }: QuickReactionsProps) {
  const { t } = useTranslation('timeline')
  const self = useSelf()
  const isMine = (emoji: string) =>
    message.reactions.some((r) => r.emoji === emoji && r.userIds.includes(self?.id ?? ''))
  return (
    <div className="flex items-center gap-0.5 p-1">
      {QUICK.map((emoji) => (
        <button
          key={emoji}
          type="button"
          aria-pressed={isMine(emoji)}
          onClick={() => {
            onDone()
            react(message, emoji)
          }}
          className="grid size-9 place-items-center rounded-control text-[20px] transition-colors hover:bg-active aria-pressed:bg-accent-soft"
        >
          {emoji}
        </button>
      ))}
      <IconButton
        icon={Plus}
        label={t('moreEmoji')}
        className="size-9"
        onClick={() => {
          onDone()
          openDialog({ kind: 'react', message })
        }}
      />
    </div>
  )
}
