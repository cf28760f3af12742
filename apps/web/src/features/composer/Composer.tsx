import { type KeyboardEvent, lazy, type RefObject, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useConversationName } from '../../lib/chat/hooks.ts'
import { IntentBar } from './IntentBar.tsx'
import { insertAtCaret, startMention } from './insert.ts'
import { Suggestions } from './Suggestions.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useComposer } from './use-composer.ts'
import { replaceShortcode, useSuggestions } from './use-suggestions.ts'

const EveryoneDialog = lazy(async () => ({
  default: (await import('./EveryoneDialog.tsx')).EveryoneDialog,
}))

export function Composer({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('composer')
  const name = useConversationName(conversationId)
  const field = useRef<HTMLTextAreaElement>(null)
  const { draft, excess, submit, write, cancel, editLast, question } = useComposer(conversationId)
  const { shown, look, pick, takeKey, setActive, close } = useSuggestions(conversationId, field)
  useFocusOnOpening(field)
  useFocusOnIntent(field, draft.editing?.messageId ?? draft.replyTo)

  function onKeyDown(event: KeyboardEvent) {
    // The key belongs to the input method then; browsers report it as 229.
    if (event.nativeEvent.isComposing || event.keyCode === IME_KEY_CODE) return
    if (takeKey(event)) return
    const isTaken =
      (event.key === 'Enter' && !event.shiftKey && submit()) ||
      (event.key === 'Escape' && cancel()) ||
      (event.key === 'ArrowUp' && !event.altKey && editLast())
    if (isTaken) event.preventDefault()
  }
  const onField = (use: (element: HTMLTextAreaElement) => void) => () => {
    if (field.current) use(field.current)
  }

  return (
    <div className="relative mx-6 mb-5 grid gap-1.5 rounded-panel border border-line-strong bg-raised py-2 pr-2 pl-4 focus-within:border-accent-ink focus-within:ring-3 focus-within:ring-accent/20 narrow:mx-2.5 narrow:mb-[max(12px,env(safe-area-inset-bottom))]">
      {shown && <Suggestions {...shown} onHover={setActive} onPick={pick} />}
      <IntentBar conversationId={conversationId} onCancel={onField((f) => cancel() && f.focus())} />
      <textarea
        ref={field}
        aria-label={t('label')}
        aria-autocomplete="list"
        aria-controls={shown?.id}
        aria-activedescendant={shown ? `${shown.id}-${shown.active}` : undefined}
        placeholder={t('placeholder', { name })}
        value={draft.text}
        rows={1}
        onChange={({ currentTarget }) => {
          write(currentTarget.value)
          look(currentTarget)
          void replaceShortcode(currentTarget)
        }}
        onSelect={(event) => look(event.currentTarget)}
        onBlur={close}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-[40vh] min-h-6 resize-none bg-transparent py-0.5 outline-none placeholder:text-ink-3 placeholder-shown:overflow-hidden placeholder-shown:text-ellipsis placeholder-shown:whitespace-nowrap"
      />
      <Toolbar
        isEditing={draft.editing !== null}
        excess={excess}
        onEmoji={(emoji) => onField((f) => insertAtCaret(f, emoji))()}
        onMention={onField(startMention)}
        onSubmit={onField((f) => {
          submit()
          f.focus()
        })}
      />
      {question && (
        <Suspense>
          <EveryoneDialog conversationId={conversationId} {...question} />
        </Suspense>
      )}
    </div>
  )
}

const IME_KEY_CODE = 229

/**
 * Who comes by mouse or keyboard writes on at once; on a touch screen the keyboard would cover it, and
 * who goes through what a search has found goes on there.
 */
function useFocusOnOpening(field: RefObject<HTMLTextAreaElement | null>) {
  useEffect(() => {
    const isSearching = document.activeElement?.closest('search')
    if (isSearching || !matchMedia('(pointer: fine)').matches) return
    field.current?.focus({ preventScroll: true })
  }, [field])
}

/** Replying and editing begin elsewhere; one goes on writing here. */
function useFocusOnIntent(field: RefObject<HTMLTextAreaElement | null>, messageId: string | null) {
  const before = useRef(messageId)
  useEffect(() => {
    const isNew = messageId !== null && messageId !== before.current
    before.current = messageId
    if (!isNew || !field.current) return
    field.current.focus()
    const { length } = field.current.value
    field.current.setSelectionRange(length, length)
  }, [field, messageId])
}
