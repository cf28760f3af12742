import type { WebhookEvent } from '@chatapp/protocol'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../lib/session/client.ts'
import { SelectRow } from '../../../ui/SelectRow.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { Checkbox } from './Checkbox.tsx'
import { NewDialog, type NewProps } from './NewDialog.tsx'
import { useGroupOptions } from './use-groups.ts'
import { EVENT_TEXTS } from './words.ts'

const EVERY_GROUP = ''

export function NewOutgoing(props: NewProps) {
  const { t } = useTranslation('integrations')
  const groups = useGroupOptions()
  const [conversationId, setConversationId] = useState(EVERY_GROUP)
  async function create(data: FormData): Promise<string> {
    const made = await client.webhooks.create({
      url: String(data.get('url')).trim(),
      events: EVENTS.filter((event) => data.getAll('events').includes(event)),
      ...(conversationId !== EVERY_GROUP && { conversationId }),
    })
    return made.secret
  }
  return (
    <NewDialog
      {...props}
      title={t('newOutgoing')}
      secret={{ label: t('secret'), hint: t('secretHint') }}
      create={create}
    >
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
    </NewDialog>
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
