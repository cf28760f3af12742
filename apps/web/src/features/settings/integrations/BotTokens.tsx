import type { BotToken, User } from '@chatapp/protocol'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../lib/session/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Listing } from './Listing.tsx'
import { Row } from './Row.tsx'
import { ShownOnce } from './ShownOnce.tsx'
import { useList } from './use-list.ts'
import { useTimeText } from './use-time-text.ts'
import { useWork } from './use-work.ts'

export function BotTokens({ bot: { id, username } }: { bot: User }) {
  const { t } = useTranslation('integrations')
  const list = useList(useCallback(() => client.bots.allTokens(id), [id]))
  const work = useWork()
  const [token, setToken] = useState<string>()
  const create = () =>
    work.run(async () => {
      const made = await client.bots.createToken(id)
      setToken(made.token)
      list.load()
    })
  return (
    <div className="mt-3 rounded-card border border-line p-4">
      <Listing label={t('tokensOf', { name: username })} list={list} empty={t('tokensEmpty')}>
        {(one) => <TokenRow key={one.id} botId={id} token={one} onRevoked={list.load} />}
      </Listing>
      <Button size="small" className="mt-3" isBusy={work.isBusy} onClick={create}>
        {t('newToken')}
      </Button>
      <p role="alert" className="mt-2 text-small text-danger empty:hidden">
        {work.problem}
      </p>
      <Dialog
        isOpen={token !== undefined}
        onClose={() => setToken(undefined)}
        title={t('newToken')}
      >
        <ShownOnce
          secret={{ label: t('token'), value: token ?? '', hint: t('tokenHint') }}
          onClose={() => setToken(undefined)}
        />
      </Dialog>
    </div>
  )
}

interface TokenRowProps {
  botId: string
  token: BotToken
  onRevoked: () => void
}

function TokenRow({ botId, token: { id, createdAt, usedAt }, onRevoked }: TokenRowProps) {
  const { t } = useTranslation('integrations')
  const timeText = useTimeText()
  const work = useWork()
  const [isAsking, setAsking] = useState(false)
  const revoke = () =>
    work.run(async () => {
      await client.bots.revokeToken(botId, id)
      onRevoked()
    })
  const made = t('tokenMade', { time: timeText(createdAt) })
  return (
    <Row
      title={made}
      facts={<p>{usedAt ? t('tokenUsed', { time: timeText(usedAt) }) : t('tokenUnused')}</p>}
      problem={work.problem}
      actions={
        <Button
          look="danger"
          size="small"
          isBusy={work.isBusy}
          aria-label={t('revokeToken', { token: made })}
          onClick={() => setAsking(true)}
        >
          {t('revoke')}
        </Button>
      }
    >
      {isAsking && (
        <ConfirmDialog
          title={t('revokeTitle')}
          text={t('revokeText')}
          action={t('revoke')}
          onConfirm={revoke}
          onClose={() => setAsking(false)}
        />
      )}
    </Row>
  )
}
