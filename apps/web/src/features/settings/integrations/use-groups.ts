import { useTranslation } from 'react-i18next'
import { useConversation, useConversationList } from '../../../lib/chat/hooks.ts'

/** The groups that I am in, to choose from. */
export function useGroupOptions(): { value: string; label: string }[] {
  return useConversationList().flatMap(({ id, kind, title }) =>
    kind === 'group' ? [{ value: id, label: title ?? id }] : [],
  )
}

/** Admins see to webhooks of groups that they are not in, too; those have no title here. */
export function useGroupName(id: string): string {
  const { t } = useTranslation('integrations')
  return useConversation(id)?.title ?? t('otherGroup', { id })
}
