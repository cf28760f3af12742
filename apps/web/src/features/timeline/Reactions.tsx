import type { Reaction, TextMessage } from '@chatapp/protocol'
import { SmilePlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useChat } from '../../lib/chat/hooks.ts'
import { classNames } from '../../ui/class-names.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { react } from './act.ts'
import { openDialog } from './dialog.ts'

export function Reactions({ message }: { message: TextMessage }) {
  const { t } = useTranslation('timeline')
  return (
    <ul aria-label={t('reactions')} className="mt-1 flex flex-wrap gap-1.5">
      {message.reactions.map((reaction) => (
        <li key={reaction.emoji}>
          <Chip reaction={reaction} message={message} />
        </li>
      ))}
      <li>
        <Tooltip text={t('react')}>
          <button
            type="button"
            aria-label={t('react')}
            onClick={() => openDialog({ kind: 'react', message })}
            className="grid h-[26px] w-8 place-items-center rounded-full text-ink-3 transition-colors hover:bg-active hover:text-ink"
          >
            <SmilePlus size={16} strokeWidth={1.75} aria-hidden />
          </button>
        </Tooltip>
      </li>
    </ul>
  )
}

const NAMED_MAX = 12

function Chip({ reaction, message }: { reaction: Reaction; message: TextMessage }) {
  const { t, i18n } = useTranslation('timeline')
  const { emoji, userIds } = reaction
  const isMine = useChat(({ self }) => userIds.includes(self?.id ?? ''))
  const names = useChat(({ people, self }) =>
    userIds
      .slice(0, NAMED_MAX)
      .map((id) => (id === self?.id ? t('you', { ns: 'app' }) : people[id]?.displayName))
      .map((name) => name ?? t('somebody', { ns: 'app' }))
      .join('\n'),
  ).split('\n')
  const more = userIds.length - names.length
  const all = more > 0 ? [...names, t('more', { count: more })] : names
  const who = new Intl.ListFormat(i18n.language).format(all)
  return (
    <Tooltip text={t('reactedWith', { emoji, who })}>
      <button
        type="button"
        aria-pressed={isMine}
        aria-label={t('reactionBy', { emoji, count: userIds.length, who })}
        onClick={(event) => {
          // The last one takes its button away.
          if (isMine && userIds.length === 1)
            event.currentTarget.closest<HTMLElement>('article')?.focus({ preventScroll: true })
          react(message, emoji)
        }}
        className={classNames(
          'flex h-[26px] items-center gap-1.5 rounded-full border px-2 text-meta transition-colors',
          isMine
            ? 'border-accent bg-accent-soft font-semibold text-accent-ink'
            : 'border-line bg-raised text-ink-2 hover:border-line-strong',
        )}
      >
        <span className="text-[14px]">{emoji}</span>
        {userIds.length}
      </button>
    </Tooltip>
  )
}
