import { signIn } from '../../lib/session/session.ts'
import { AccountForm } from './AccountForm.tsx'

export function SignIn({ onDone }: { onDone: () => void }) {
  return <AccountForm kind="signIn" submit={signIn} onDone={onDone} />
}
