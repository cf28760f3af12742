import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { startSession, useSession } from '../lib/session/session.ts'
import { readSearch, searchParams, writeSearch } from '../lib/shell/search-params.ts'
import { Crash } from './ErrorBoundary.tsx'
import { NotFound } from './NotFound.tsx'

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const accountsRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'accounts',
  beforeLoad: () => expectSession('signed-out', '/'),
})
const signInRoute = createRoute({
  getParentRoute: () => accountsRoute,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./AccountScreens.tsx'), 'SignInScreen'),
})
const registerRoute = createRoute({
  getParentRoute: () => accountsRoute,
  path: '/register',
  component: lazyRouteComponent(() => import('./AccountScreens.tsx'), 'RegisterScreen'),
})

const forgotPasswordRoute = createRoute({
  getParentRoute: () => accountsRoute,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('./MailScreens.tsx'), 'ForgotPasswordScreen'),
})
/** Links of mails, for whoever reads them: signed in or not. */
const resetPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('./MailScreens.tsx'), 'ResetPasswordScreen'),
})
const verifyEmailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/verify-email',
  component: lazyRouteComponent(() => import('./MailScreens.tsx'), 'VerifyEmailScreen'),
})

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  validateSearch: searchParams,
  beforeLoad: () => expectSession('signed-in', '/sign-in'),
  component: lazyRouteComponent(() => import('./shell/Shell.tsx'), 'Shell'),
})
const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./shell/Home.tsx'), 'Home'),
})
const conversationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/c/$conversationId',
  component: lazyRouteComponent(
    () => import('./shell/ConversationScreen.tsx'),
    'ConversationScreen',
  ),
})
const messageRoute = createRoute({ getParentRoute: () => conversationRoute, path: '/$position' })
const searchRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/search',
  component: lazyRouteComponent(() => import('./shell/SearchScreen.tsx'), 'SearchScreen'),
})
const activityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/activity',
  component: lazyRouteComponent(
    () => import('../features/activity/ActivityScreen.tsx'),
    'ActivityScreen',
  ),
})
const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/Settings.tsx'), 'Settings'),
})
const integrationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/integrations',
  component: lazyRouteComponent(
    () => import('../features/settings/integrations/Integrations.tsx'),
    'Integrations',
  ),
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    accountsRoute.addChildren([signInRoute, registerRoute, forgotPasswordRoute]),
    resetPasswordRoute,
    verifyEmailRoute,
    shellRoute.addChildren([
      homeRoute,
      conversationRoute.addChildren([messageRoute]),
      searchRoute,
      activityRoute,
      settingsRoute,
      integrationsRoute,
    ]),
  ]),
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  defaultErrorComponent: Crash,
  defaultPendingMs: 0,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** After signing in one lands where one wanted to go. */
async function expectSession(wanted: 'signed-in' | 'signed-out', otherwise: string): Promise<void> {
  await startSession()
  if (useSession.getState().status === wanted) return
  const { pathname, search } = location
  if (wanted === 'signed-in' && pathname !== '/') {
    sessionStorage.setItem('chatapp.next', pathname + search)
  }
  throw redirect({ to: otherwise })
}
