import { useLocation } from '@tanstack/react-router'
import { ForgotPassword } from '../features/accounts/ForgotPassword.tsx'
import { ResetPassword } from '../features/accounts/ResetPassword.tsx'
import { VerifyEmail } from '../features/accounts/VerifyEmail.tsx'

export function ForgotPasswordScreen() {
  return <ForgotPassword />
}

export function ResetPasswordScreen() {
  return <ResetPassword token={useToken()} />
}

export function VerifyEmailScreen() {
  return <VerifyEmail token={useToken()} />
}

/** What follows # goes to no server with the page's address. */
const useToken = () => useLocation({ select: ({ hash }) => hash })
