import type { NotifyLevel } from '@chatapp/protocol'
import { BellOff, BellRing, LogOut, Pin, PinOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { showConversation } from '../../lib/chat/actions.ts'
import { useConversation } from '../../lib/chat/hooks.ts'
import { client } from '../../lib/session/client.ts'
import { showNotice } from '../../lib/shell/shell.ts'
import type { MenuItem } from '../../ui/Menu.tsx'

const HOUR_MS = 3_600_000
/** "Until I turn it on": longer than anybody waits. */
const FOREVER = '9999-12-31T00:00:00Z'
const LEVELS = [
  ['all', 'notifyAll'],
  ['mentions', 'notifyMentions'],
  ['nothing', 'notifyNothing'],
] as const satisfies [NotifyLevel, string][]

/** What one can do with a conversation from outside of it. */
export function useMenuItems(id: string, onLeave: () => void): MenuItem[] {
  const { t } = useTranslation('conversations')
  const conversation = useConversation(id)
  if (!conversation) return []
  const { kind, lobby, me } = conversation
  const { pinned } = me
  const isMutedNow = me.mutedUntil !== null && Date.parse(me.mutedUntil) > Date.now()
  async function change(body: Parameters<typeof client.conversations.update>[1]) {
    try {
      showConversation(await client.conversations.update(id, body))
    } catch {
      showNotice(t('changeFailed'))
    }
  }
  const mute = (label: string, until: string): MenuItem => ({
    label,
    icon: BellOff,
    group: t('mute'),
    onSelect: () => void change({ mutedUntil: until }),
  })
  const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString()
  const unmute = { ...mute(t('unmute'), new Date(0).toISOString()), icon: BellRing }
  return [
    {
      label: t(pinned ? 'unpin' : 'pin'),
      icon: pinned ? PinOff : Pin,
      onSelect: () => void change({ pinned: !pinned }),
    },
    ...(isMutedNow ? [unmute] : []),
    ...(isMutedNow
      ? []
      : [
          mute(t('mute1h'), inHours(1)),
          mute(t('mute8h'), inHours(8)),
          mute(t('muteForever'), FOREVER),
        ]),
    ...LEVELS.map(([notify, label]) => ({
      label: t(label),
      isChecked: me.notify === notify,
      group: t('notify'),
      onSelect: () => void change({ notify }),
    })),
    ...(kind === 'group' && !lobby
      ? [{ label: t('leave'), icon: LogOut, isDanger: true, onSelect: onLeave }]
      : []),
  ]
}
