import type { TextMessage } from '@chatapp/protocol'
import { useTranslation } from 'react-i18next'
import { useConversationFacts } from '../../lib/chat/facts.ts'
import { useChat } from '../../lib/chat/hooks.ts'
import { readersOf } from '../../lib/chat/members.ts'
import { openDialog } from './dialog.ts'

const NAMED_MAX = 2

/** Under my newest message in a group: who has seen it. Its place is there before anybody has. */
export function SeenLine({ message }: { message: TextMessage }) {
  const { t, i18n } = useTranslation('timeline')
  const isGroup = useConversationFacts(message.conversationId)?.kind === 'group'
  const { conversationId, position } = message
  const line = useChat(({ members, people, self }) => {
    const readers = readersOf(members[conversationId], self?.id ?? '', position)
    const names = readers.slice(0, NAMED_MAX).map((id) => people[id]?.displayName ?? '…')
    return [readers.length - names.length, ...names].join('\n')
  })
  if (!isGroup) return null
  const [rest = '0', ...names] = line.split('\n')
  const more = Number(rest)
  const all = more > 0 ? [...names, t('more', { count: more })] : names
  return (
    <p className="col-start-2 h-5 min-w-0 text-meta text-ink-3">
      {names.length > 0 && (
        <button
          type="button"
          className="-my-0.5 h-6 max-w-full truncate rounded-control hover:text-ink hover:underline"
          onClick={() => openDialog({ kind: 'seen', message })}
        >
          {t('seenBy', { names: new Intl.ListFormat(i18n.language).format(all) })}
        </button>
      )}
    </p>
  )
}
