import type { WebhookEvent } from '@chatapp/protocol'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../lib/session/client.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { SelectRow } from '../../../ui/SelectRow.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { Checkbox } from './Checkbox.tsx'
import { DialogForm } from './DialogForm.tsx'
import { ShownOnce } from './ShownOnce.tsx'
import { useGroupOptions } from './use-groups.ts'
import { useWork } from './use-work.ts'
import { EVENT_TEXTS } from './words.ts'

interface NewOutgoingProps {
  onMade: () => void
  onClose: () => void
}

const EVERY_GROUP = ''

export function NewOutgoing({ onMade, onClose }: NewOutgoingProps) {
  const { t } = useTranslation('integrations')
  const groups = useGroupOptions()
  const work = useWork()
  const [conversationId, setConversationId] = useState(EVERY_GROUP)
  const [secret, setSecret] = useState<string>()
  const create = (data: FormData) =>
    work.run(async () => {
      const made = await client.webhooks.create({
        url: String(data.get('url')).trim(),
        events: EVENTS.filter((event) => data.getAll('events').includes(event)),
        ...(conversationId !== EVERY_GROUP && { conversationId }),
      })
      setSecret(made.secret)
      onMade()
    })
  return (
    <Dialog isOpen onClose={onClose} title={t('newOutgoing')}>
      {secret === undefined ? (
        <DialogForm work={work} onSubmit={create}>
          <TextField
            label={t('url')}
            name="url"
            type="url"
            autoComplete="off"
            placeholder="https://"
            hint={t('urlHint')}
            data-first-focus
          />
          <SelectRow
            label={t('group')}
            value={conversationId}
            options={[{ value: EVERY_GROUP, label: t('everyGroup') }, ...groups]}
            onChange={setConversationId}
          />
          <Events />
        </DialogForm>
      ) : (
        <ShownOnce
          secret={{ label: t('secret'), value: secret, hint: t('secretHint') }}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

/** The keys of a record are texts, these are its own. */
const EVENTS = Object.keys(EVENT_TEXTS) as WebhookEvent[]
const USUAL = ['message.created', 'message.edited', 'message.unsent']

function Events() {
  const { t } = useTranslation('integrations')
  return (
    <fieldset>
      <legend className="mb-1 text-small font-medium">{t('events')}</legend>
      {EVENTS.map((event) => (
        <Checkbox
          key={event}
          label={t(EVENT_TEXTS[event])}
          name="events"
          value={event}
          isChecked={USUAL.includes(event)}
        />
      ))}
    </fieldset>
  )
}
