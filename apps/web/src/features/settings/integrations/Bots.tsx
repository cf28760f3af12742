import type { User } from '@chatapp/protocol'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import { Section } from '../Section.tsx'
import { BotTokens } from './BotTokens.tsx'
import { Listing } from './Listing.tsx'
import { NewBot } from './NewBot.tsx'
import { Row } from './Row.tsx'
import type { List } from './use-list.ts'

export function Bots({ bots }: { bots: List<User> }) {
  const { t } = useTranslation('integrations')
  const [isMaking, setMaking] = useState(false)
  return (
    <Section id="bots" title={t('bots')} text={t('botsText')}>
      <Listing label={t('bots')} list={bots} empty={t('botsEmpty')}>
        {(bot) => <BotRow key={bot.id} bot={bot} />}
      </Listing>
      <Button className="mt-4" onClick={() => setMaking(true)}>
        {t('newBot')}
      </Button>
      {isMaking && <NewBot onMade={bots.load} onClose={() => setMaking(false)} />}
    </Section>
  )
}

function BotRow({ bot }: { bot: User }) {
  const { t } = useTranslation('integrations')
  const [isOpen, setOpen] = useState(false)
  const { username, displayName } = bot
  return (
    <Row
      title={displayName}
      facts={<p>@{username}</p>}
      actions={
        <Button
          size="small"
          aria-expanded={isOpen}
          aria-label={t('tokensOf', { name: username })}
          onClick={() => setOpen(!isOpen)}
        >
          {t('tokens')}
        </Button>
      }
    >
      {isOpen && <BotTokens bot={bot} />}
    </Row>
  )
}
