import { Lock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSelf } from '../../../lib/chat/hooks.ts'
import { client } from '../../../lib/session/client.ts'
import { BackLink } from '../../../ui/BackLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Bots } from './Bots.tsx'
import { Incoming } from './Incoming.tsx'
import { Outgoing } from './Outgoing.tsx'
import { useList } from './use-list.ts'

/** Bots and webhooks, for admins of the installation. */
export function Integrations() {
  const { t } = useTranslation('integrations')
  const self = useSelf()
  return (
    <main className="relative min-h-0 flex-1 scroll-pt-[68px] overflow-y-auto">
      <header className="sticky top-0 z-10 flex h-[60px] items-center gap-2 border-b border-line bg-canvas px-6 narrow:px-2">
        <BackLink to="/settings" label={t('back')} at="every-width" />
        <h1 className="text-title">{t('title')}</h1>
      </header>
      {self?.isAdmin ? (
        <Parts />
      ) : (
        <EmptyState
          icon={Lock}
          title={t('onlyAdmins')}
          text={t('onlyAdminsText', { username: self?.username })}
        />
      )}
    </main>
  )
}

const allBots = () => client.bots.all()

function Parts() {
  const bots = useList(allBots)
  return (
    <div className="mx-auto max-w-[720px] px-6 pt-6 pb-12 narrow:px-4">
      <Bots bots={bots} />
      <Outgoing />
      <Incoming bots={bots} />
    </div>
  )
}
