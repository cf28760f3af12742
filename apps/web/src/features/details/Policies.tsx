import { useTranslation } from 'react-i18next'
import type { ConversationFacts } from '../../lib/chat/facts.ts'
import { SelectRow } from '../../ui/SelectRow.tsx'
import { isModerator } from './roles.ts'
import { updateConversation } from './update.ts'

/** What holds for everybody here: chosen by owners and admins, readable by all. */
export function Policies({ conversation }: { conversation: ConversationFacts }) {
  const { t } = useTranslation('details')
  const { id, history, invites, me } = conversation
  const histories = [
    { value: 'shared' as const, label: t('historyShared') },
    { value: 'since-joined' as const, label: t('historySinceJoined') },
  ]
  const inviters = [
    { value: 'members' as const, label: t('invitesMembers') },
    { value: 'admins' as const, label: t('invitesAdmins') },
  ]
  if (!isModerator(me.role)) {
    return (
      <>
        <Fact label={t('history')} value={labelOf(histories, history)} />
        <Fact label={t('invites')} value={labelOf(inviters, invites)} />
      </>
    )
  }
  return (
    <>
      <SelectRow
        label={t('history')}
        value={history}
        options={histories}
        onChange={(chosen) => void updateConversation(id, { history: chosen })}
      />
      <SelectRow
        label={t('invites')}
        value={invites}
        options={inviters}
        onChange={(chosen) => void updateConversation(id, { invites: chosen })}
      />
    </>
  )
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <p className="flex min-h-10 items-center justify-between gap-3 text-row">
      {label} <span className="text-small text-ink-2">{value}</span>
    </p>
  )
}

function labelOf<T extends string>(options: { value: T; label: string }[], value: T): string {
  return options.find((option) => option.value === value)?.label ?? ''
}
