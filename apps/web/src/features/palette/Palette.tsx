import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChat, useConversationIds } from '../../lib/chat/hooks.ts'
import { conversationName } from '../../lib/chat/select.ts'
import { closeOverlay } from '../../lib/shell/shell.ts'
import { Dialog } from '../../ui/Dialog.tsx'

/** A first version: conversations by name. */
export function Palette() {
  const { t } = useTranslation('palette')
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const ids = useConversationIds()
  const conversations = useChat((state) => state.conversations)
  const state = useChat((all) => all)
  const found = ids.flatMap((id) => {
    const conversation = conversations[id]
    const name = conversation ? conversationName(conversation, state) : ''
    return name.toLowerCase().includes(query.toLowerCase()) ? [{ id, name }] : []
  })
  const go = (conversationId: string) => {
    closeOverlay()
    void navigate({ to: '/c/$conversationId', params: { conversationId } })
  }
  return (
    <Dialog isOpen onClose={closeOverlay} title={t('title')} isBare>
      <input
        aria-label={t('title')}
        placeholder={t('placeholder')}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          const [first] = found
          if (event.key === 'Enter' && first) go(first.id)
        }}
        className="h-14 shrink-0 border-b border-line bg-transparent px-5 outline-none placeholder:text-ink-3"
      />
      <ul className="overflow-y-auto p-1.5">
        {found.length === 0 && <li className="p-4 text-ink-3">{t('nothing')}</li>}
        {found.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => go(id)}
              className="flex h-12 w-full items-center rounded-card px-3 text-left hover:bg-hover"
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
