import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../lib/session/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Section } from '../Section.tsx'
import { Listing } from './Listing.tsx'
import { NewOutgoing } from './NewOutgoing.tsx'
import { OutgoingRow } from './OutgoingRow.tsx'
import { useList } from './use-list.ts'

/** Deliveries show soon after they have ended. */
const LOOK_EVERY_MS = 5_000
const allWebhooks = () => client.webhooks.all()

export function Outgoing() {
  const { t } = useTranslation('integrations')
  const webhooks = useList(allWebhooks, LOOK_EVERY_MS)
  const [isMaking, setMaking] = useState(false)
  return (
    <Section id="outgoing" title={t('outgoing')} text={t('outgoingText')}>
      <Listing label={t('outgoing')} list={webhooks} empty={t('outgoingEmpty')}>
        {(webhook) => <OutgoingRow key={webhook.id} webhook={webhook} onChanged={webhooks.load} />}
      </Listing>
      <Button className="mt-4" onClick={() => setMaking(true)}>
        {t('newOutgoing')}
      </Button>
      {isMaking && <NewOutgoing onMade={webhooks.load} onClose={() => setMaking(false)} />}
    </Section>
  )
}
