import { SendHorizontal } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { endDraft, sendMessage, setDraftText, tellTyping } from '../../lib/chat/actions.ts'
import { useConversationName, useDraft } from '../../lib/chat/hooks.ts'
import { Button } from '../../ui/Button.tsx'

export function Composer({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('composer')
  const { text, replyTo } = useDraft(conversationId)
  const name = useConversationName(conversationId)

  function send() {
    if (text.trim() === '') return
    sendMessage(conversationId, text, replyTo)
    endDraft(conversationId)
  }
  function onKeyDown(event: KeyboardEvent) {
    const isComposing = event.nativeEvent.isComposing || event.keyCode === IME_KEY_CODE
    if (event.key !== 'Enter' || event.shiftKey || isComposing) return
    event.preventDefault()
    send()
  }

  return (
    <div className="mx-6 mb-5 grid gap-1.5 rounded-panel border border-line-strong bg-raised py-2 pr-2 pl-4 focus-within:border-accent focus-within:ring-3 focus-within:ring-accent/20 narrow:mx-2.5 narrow:mb-3">
      <textarea
        aria-label={t('label')}
        placeholder={t('placeholder', { name })}
        value={text}
        rows={1}
        onChange={(event) => {
          setDraftText(conversationId, event.target.value)
          tellTyping(conversationId)
        }}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-[40vh] min-h-6 resize-none bg-transparent outline-none placeholder:text-ink-3"
      />
      <div className="flex justify-end">
        <Button look="primary" size="small" onClick={send}>
          <SendHorizontal size={16} aria-hidden />
          {t('send')}
        </Button>
      </div>
    </div>
  )
}

/** What browsers report for keys that an input method takes. */
const IME_KEY_CODE = 229
