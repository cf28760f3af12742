import { useTranslation } from 'react-i18next'
import { useSelf } from '../../lib/chat/hooks.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import { About } from './About.tsx'
import { Appearance } from './Appearance.tsx'
import { Devices } from './Devices.tsx'
import { IntegrationsEntry } from './IntegrationsEntry.tsx'
import { Notifications } from './Notifications.tsx'
import { Password } from './Password.tsx'
import { Privacy } from './Privacy.tsx'
import { Profile } from './Profile.tsx'

const SECTIONS = [
  { id: 'profile', text: 'profile', Part: Profile },
  { id: 'appearance', text: 'appearance', Part: Appearance },
  { id: 'notifications', text: 'notifications', Part: Notifications },
  { id: 'privacy', text: 'privacy', Part: Privacy },
  { id: 'password', text: 'passwordTitle', Part: Password },
  { id: 'devices', text: 'devices', Part: Devices },
  { id: 'integrations', text: 'integrations', Part: IntegrationsEntry },
  { id: 'about', text: 'about', Part: About },
] as const

export function Settings() {
  const { t } = useTranslation('settings')
  return (
    <main className="relative min-h-0 flex-1 scroll-pt-[68px] overflow-y-auto">
      <header className="sticky top-0 z-10 flex h-[60px] items-center gap-2 border-b border-line bg-canvas px-6 narrow:px-2">
        <BackLink />
        <h1 className="text-title">{t('title')}</h1>
      </header>
      <div className="mx-auto flex max-w-[840px] gap-10 px-6 pt-6 pb-12 narrow:px-4">
        <Contents />
        <div className="min-w-0 max-w-[560px] flex-1">
          {useSections().map(({ id, Part }) => (
            <Part key={id} />
          ))}
        </div>
      </div>
    </main>
  )
}

/** Integrations are for admins of the installation; others do not hear of them. */
function useSections() {
  const self = useSelf()
  return SECTIONS.filter(({ id }) => id !== 'integrations' || self?.isAdmin)
}

function Contents() {
  const { t } = useTranslation('settings')
  return (
    <nav aria-label={t('sections')} className="hidden w-44 shrink-0 wide:block">
      <ul className="sticky top-[76px]">
        {useSections().map(({ id, text }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="flex h-9 items-center rounded-control px-2.5 text-row text-ink-2 hover:bg-hover hover:text-ink"
              onClick={(event) => {
                event.preventDefault()
                show(id)
              }}
            >
              {t(text)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The keyboard goes on from there. */
function show(id: string): void {
  const section = document.querySelector(`section#${id}`)
  section?.scrollIntoView({ block: 'start' })
  section?.querySelector<HTMLElement>('input, button, select, a')?.focus({ preventScroll: true })
}
