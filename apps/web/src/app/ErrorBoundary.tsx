import { TriangleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'

/** What breaks is reported and does not take the page with it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override render() {
    return this.state.isBroken ? <Crash /> : this.props.children
  }
}

export function Crash() {
  const { t } = useTranslation('app')
  return (
    <main className="h-full">
      <EmptyState isPage icon={TriangleAlert} title={t('crashTitle')} text={t('crashText')}>
        <Button look="primary" onClick={() => location.reload()}>
          {t('reload')}
        </Button>
      </EmptyState>
    </main>
  )
}
