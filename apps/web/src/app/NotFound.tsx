import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/EmptyState.tsx'

export function NotFound() {
  const { t } = useTranslation('app')
  return (
    <main className="h-full flex-1">
      <EmptyState isPage icon={Compass} title={t('notFoundTitle')} text={t('notFoundText')}>
        <Link to="/" className="text-accent-ink underline underline-offset-2">
          {t('toConversations')}
        </Link>
      </EmptyState>
    </main>
  )
}
