import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { config } from 'zod'
import '../ui/styles.css'
import { startI18n } from '../lib/i18n/i18n.ts'
import { followPreferences } from '../lib/preferences/preferences.ts'
import { startSession } from '../lib/session/session.ts'
import { keepInstallOffer } from '../lib/shell/install.ts'
import { currentTheme, paintFrame } from '../lib/theme/theme.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { prepareFirstScreen } from './first-screen.ts'
import { followWorker } from './follow-worker.ts'
import { registerServiceWorker } from './register-service-worker.ts'
import { router } from './router.tsx'

// Compiled schemas would need `eval`, which the page's policy forbids.
config({ jitless: true })

followWorker()
paintFrame(currentTheme())
prepareFirstScreen()
keepInstallOffer()
await Promise.all([startI18n(), startSession()])
followPreferences()

const root = document.querySelector('#root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <RouterProvider router={router} />
    </ErrorBoundary>
  </StrictMode>,
)
registerServiceWorker()
