import { useTranslation } from 'react-i18next'
import type { ConversationFacts } from '../../lib/chat/facts.ts'
import { isMuted } from '../../lib/chat/select.ts'
import { listTime } from '../../lib/time/time.ts'
import { SelectRow } from '../../ui/SelectRow.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { updateConversation } from './update.ts'

const HOUR_MS = 3_600_000
const MUTES = [
  { value: 'hour', text: 'muteHour', ms: HOUR_MS },
  { value: 'workday', text: 'muteWorkday', ms: 8 * HOUR_MS },
  { value: 'day', text: 'muteDay', ms: 24 * HOUR_MS },
  { value: 'week', text: 'muteWeek', ms: 7 * 24 * HOUR_MS },
] as const

/** What I set for myself here; nobody else sees it. */
export function OwnSettings({ conversation }: { conversation: ConversationFacts }) {
  const { t } = useTranslation('details')
  const { id, me } = conversation
  return (
    <>
      <SelectRow
        label={t('notify')}
        value={me.notify}
        options={[
          { value: 'all', label: t('notifyAll') },
          { value: 'mentions', label: t('notifyMentions') },
          { value: 'nothing', label: t('notifyNothing') },
        ]}
        onChange={(notify) => void updateConversation(id, { notify })}
      />
      <Mute conversation={conversation} />
      <Switch
        label={t('pinned')}
        isOn={me.pinned}
        onChange={(pinned) => void updateConversation(id, { pinned })}
      />
    </>
  )
}

function Mute({ conversation }: { conversation: ConversationFacts }) {
  const { t, i18n } = useTranslation('details')
  const { id, me } = conversation
  const until = me.notify !== 'nothing' && isMuted(conversation, Date.now()) ? me.mutedUntil : null
  const time = until && listTime(until, i18n.language, new Date())
  function mute(chosen: string) {
    const ms = MUTES.find(({ value }) => value === chosen)?.ms ?? 0
    // A time that has passed unmutes.
    void updateConversation(id, { mutedUntil: new Date(Date.now() + ms).toISOString() })
  }
  return (
    <SelectRow
      label={t('mute')}
      value={until ? 'until' : 'no'}
      options={[
        ...(time ? [{ value: 'until', label: t('mutedUntil', { time }) }] : []),
        { value: 'no', label: t('unmuted') },
        ...MUTES.map(({ value, text }) => ({ value, label: t(text) })),
      ]}
      onChange={mute}
    />
  )
}
