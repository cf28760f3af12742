import { Pencil } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationFacts } from '../../lib/chat/facts.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { isModerator } from './roles.ts'
import { updateConversation } from './update.ts'

const TITLE_MAX = 100

/** Renamed where it stands, by those who may. Enter keeps it, Esc gives up. */
export function Title({ conversation }: { conversation: ConversationFacts }) {
  const { t } = useTranslation('details')
  const [isEditing, setIsEditing] = useState(false)
  const pencil = useRef<HTMLButtonElement>(null)
  function end() {
    setIsEditing(false)
    requestAnimationFrame(() => pencil.current?.focus())
  }
  if (isEditing) return <TitleField conversation={conversation} onEnd={end} />
  return (
    <div className="mt-3 flex max-w-full items-center gap-1">
      <p className="min-w-0 text-center text-title break-words">{conversation.title}</p>
      {isModerator(conversation.me.role) && (
        <IconButton
          ref={pencil}
          icon={Pencil}
          label={t('rename')}
          onClick={() => setIsEditing(true)}
        />
      )}
    </div>
  )
}

interface TitleFieldProps {
  conversation: ConversationFacts
  onEnd: () => void
}

function TitleField({ conversation: { id, title }, onEnd }: TitleFieldProps) {
  const { t } = useTranslation('details')
  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const wanted = String(new FormData(event.currentTarget).get('title')).trim()
    if (wanted === '' || wanted === title) onEnd()
    else if (await updateConversation(id, { title: wanted })) onEnd()
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape') return
    // Not the sheet around it.
    event.stopPropagation()
    onEnd()
  }
  return (
    <form className="mt-3 w-full" onSubmit={(event) => void onSubmit(event)}>
      <input
        name="title"
        aria-label={t('title')}
        defaultValue={title ?? ''}
        maxLength={TITLE_MAX}
        // biome-ignore lint/a11y/noAutofocus: one has just asked to write here
        autoFocus
        onFocus={(event) => event.target.select()}
        onKeyDown={onKeyDown}
        onBlur={(event) => event.currentTarget.form?.requestSubmit()}
        className="h-10 w-full rounded-card border border-line-strong bg-canvas px-3 text-center text-title"
      />
    </form>
  )
}
