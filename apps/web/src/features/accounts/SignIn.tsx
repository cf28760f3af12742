import { useTranslation } from 'react-i18next'
import { signIn, useSession } from '../../lib/session/session.ts'
import { AccountForm } from './AccountForm.tsx'

export function SignIn({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('accounts')
  const isEnded = useSession((state) => state.isEndedElsewhere)
  const notice = isEnded ? t('signedOutElsewhere') : undefined
  return <AccountForm kind="signIn" submit={signIn} onDone={onDone} notice={notice} />
}
