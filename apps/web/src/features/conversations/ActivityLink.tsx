import { Link } from '@tanstack/react-router'
import { Bell } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useActivity } from '../../lib/activity/unread.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'

/** In the picture counts stop here; in the data they do not. */
const SHOWN_MAX = 99

/** The way to what was for me in particular, and how much of it is unread. */
export function ActivityLink() {
  const { t } = useTranslation('activity')
  const unread = useActivity((state) => state.unread)
  return (
    <Tooltip text={t('title')}>
      <Link
        to="/activity"
        aria-label={unread > 0 ? t('titleUnread', { count: unread }) : t('title')}
        activeProps={{ 'aria-current': 'page' }}
        className="relative grid size-8 shrink-0 place-items-center rounded-control text-ink-2 transition-colors hover:bg-active hover:text-ink aria-[current]:bg-active aria-[current]:text-ink"
      >
        <Bell size={18} strokeWidth={1.75} aria-hidden />
        {unread > 0 && (
          <span
            aria-hidden
            className="absolute -top-0.5 -right-1 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[10px] leading-none font-semibold text-on-accent tabular-nums"
          >
            {unread > SHOWN_MAX ? `${SHOWN_MAX}+` : unread}
          </span>
        )}
      </Link>
    </Tooltip>
  )
}
