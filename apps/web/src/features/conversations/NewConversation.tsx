import { useTranslation } from 'react-i18next'
import { useSelf } from '../../lib/chat/hooks.ts'
import { closeOverlay } from '../../lib/shell/shell.ts'
import { Button } from '../../ui/Button.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { PeoplePicker } from '../../ui/PeoplePicker.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useNewConversation } from './use-new-conversation.ts'

/** One person makes a direct conversation, more make a group. */
export function NewConversation({ isGroup: isGroupWanted = false }: { isGroup?: boolean }) {
  const { t } = useTranslation(['conversations', 'app'])
  const self = useSelf()
  const form = useNewConversation(isGroupWanted)
  const { picked, setPicked, isGroup, makeGroup, canStart, isBusy, start } = form
  return (
    <Dialog isOpen onClose={closeOverlay} title={t(isGroup ? 'newGroup' : 'new')}>
      <PeoplePicker
        chosen={picked}
        onChange={setPicked}
        refusal={({ id }) => (id === self?.id ? t('you', { ns: 'app' }) : null)}
      />
      {isGroup && <GroupFields {...form} />}
      <div className="flex shrink-0 items-center justify-between gap-2 border-t border-line px-5 py-3">
        {isGroup ? (
          <span />
        ) : (
          <Button
            look="quiet"
            size="small"
            className="-ml-3"
            onClick={(event) => {
              // The button goes; one goes on choosing people.
              focusFirst(event.currentTarget.closest('[role=dialog]'))
              makeGroup()
            }}
          >
            {t('makeGroup')}
          </Button>
        )}
        <Button look="primary" disabled={!canStart} isBusy={isBusy} onClick={() => void start()}>
          {t(isGroup ? 'createGroup' : 'start')}
        </Button>
      </div>
    </Dialog>
  )
}

function focusFirst(dialog: Element | null): void {
  dialog?.querySelector<HTMLElement>('[data-first-focus]')?.focus()
}

function GroupFields(form: ReturnType<typeof useNewConversation>) {
  const { t } = useTranslation('conversations')
  const { title, setTitle, suggestion, history, setHistory } = form
  return (
    <div className="grid shrink-0 gap-3 border-t border-line px-5 py-4">
      <TextField
        label={t('groupTitle')}
        placeholder={suggestion}
        maxLength={100}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <Choice
        label={t('history')}
        value={history}
        options={[
          { value: 'shared', label: t('historyShared') },
          { value: 'since-joined', label: t('historySinceJoined') },
        ]}
        onChange={setHistory}
      />
    </div>
  )
}
