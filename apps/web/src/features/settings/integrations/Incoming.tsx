import type { User } from '@chatapp/protocol'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../lib/session/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Section } from '../Section.tsx'
import { IncomingRow } from './IncomingRow.tsx'
import { Listing } from './Listing.tsx'
import { NewIncoming } from './NewIncoming.tsx'
import { type List, useList } from './use-list.ts'

const allHooks = () => client.hooks.all()

export function Incoming({ bots: { state } }: { bots: List<User> }) {
  const { t } = useTranslation('integrations')
  const hooks = useList(allHooks)
  const [isMaking, setMaking] = useState(false)
  const bots = state.kind === 'here' ? state.items : []
  return (
    <Section id="incoming" title={t('incoming')} text={t('incomingText')}>
      <Listing
        label={t('incoming')}
        list={hooks}
        empty={t(bots.length === 0 ? 'incomingNeedsBot' : 'incomingEmpty')}
      >
        {(hook) => (
          <IncomingRow
            key={hook.id}
            hook={hook}
            bot={bots.find(({ id }) => id === hook.botId)}
            onChanged={hooks.load}
          />
        )}
      </Listing>
      {bots.length > 0 && (
        <Button className="mt-4" onClick={() => setMaking(true)}>
          {t('newIncoming')}
        </Button>
      )}
      {isMaking && <NewIncoming bots={bots} onMade={hooks.load} onClose={() => setMaking(false)} />}
    </Section>
  )
}
