import { useNavigate } from '@tanstack/react-router'
import { Register } from '../features/accounts/Register.tsx'
import { SignIn } from '../features/accounts/SignIn.tsx'

export function SignInScreen() {
  return <SignIn onDone={useDone()} />
}

export function RegisterScreen() {
  return <Register onDone={useDone()} />
}

function useDone(): () => void {
  const navigate = useNavigate()
  return () => void navigate({ href: takeNext() })
}

/** Where one wanted to go before signing in. Ours only: it comes from this tab's own storage. */
function takeNext(): string {
  const next = sessionStorage.getItem('chatapp.next') ?? '/'
  sessionStorage.removeItem('chatapp.next')
  return next.startsWith('/') && !next.startsWith('//') ? next : '/'
}
