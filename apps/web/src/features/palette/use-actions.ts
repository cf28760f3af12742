import { useNavigate } from '@tanstack/react-router'
import {
  Bell,
  Keyboard,
  LogOut,
  Moon,
  Settings,
  SquarePen,
  Sun,
  SunMoon,
  Users,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { savePreferences } from '../../lib/preferences/preferences.ts'
import { signOut } from '../../lib/session/session.ts'
import { openOverlay, showNotice } from '../../lib/shell/shell.ts'
import { currentTheme } from '../../lib/theme/theme.ts'
import type { Item } from './item.ts'

/** What can be done from anywhere. */
export function useActions(): Item[] {
  const { t } = useTranslation('palette')
  const navigate = useNavigate()
  const leave = () => signOut().catch(() => showNotice(t('failed')))
  const themes = [
    { theme: 'light', icon: Sun, label: t('themeLight') },
    { theme: 'dark', icon: Moon, label: t('themeDark') },
    { theme: 'system', icon: SunMoon, label: t('themeSystem') },
  ] as const
  const actions = [
    { icon: SquarePen, label: t('newConversation'), run: () => openOverlay('new-conversation') },
    { icon: Users, label: t('newGroup'), run: () => openOverlay('new-group') },
    { icon: Bell, label: t('activity'), run: () => void navigate({ to: '/activity' }) },
    { icon: Settings, label: t('settings'), run: () => void navigate({ to: '/settings' }) },
    ...themes
      .filter(({ theme }) => theme !== currentTheme())
      .map(({ theme, icon, label }) => ({
        icon,
        label,
        run: () => void savePreferences({ theme }),
      })),
    { icon: Keyboard, label: t('shortcuts'), run: () => openOverlay('shortcuts') },
    { icon: LogOut, label: t('signOut'), run: () => void leave() },
  ]
  return actions.map((action) => ({ ...action, id: action.label, hint: '' }))
}
