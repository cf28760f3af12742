import { register } from '../../lib/session/session.ts'
import { AccountForm } from './AccountForm.tsx'

export function Register({ onDone }: { onDone: () => void }) {
  return <AccountForm kind="register" submit={register} onDone={onDone} />
}
