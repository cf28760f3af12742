import { useNavigate } from '@tanstack/react-router'
import { Register } from '../features/accounts/Register.tsx'
import { SignIn } from '../features/accounts/SignIn.tsx'

/** Where one wanted to go before signing in. Ours only: it comes from this tab's own storage. */
function takeNext(): string {
  const next = sessionStorage.getItem('chatapp.next') ?? '/'
  sessionStorage.removeItem('chatapp.next')
  return next.startsWith('/') && !next.startsWith('//') ? next : '/'
}

export function AccountScreens({ screen }: { screen: 'sign-in' | 'register' }) {
  const navigate = useNavigate()
  const onDone = () => void navigate({ to: takeNext() })
  return screen === 'sign-in' ? <SignIn onDone={onDone} /> : <Register onDone={onDone} />
}
