import { useTranslation } from 'react-i18next'
import { useSelf } from '../../lib/chat/hooks.ts'
import { hidesReads } from '../../lib/chat/members.ts'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { setReadReceipts } from '../../lib/preferences/preferences.ts'
import { showNotice } from '../../lib/shell/shell.ts'
import { Switch } from '../../ui/Switch.tsx'
import { Section } from './Section.tsx'

export function Privacy() {
  const { t } = useTranslation('settings')
  const self = useSelf()
  const save = (isOn: boolean) =>
    void setReadReceipts(isOn).catch((error: unknown) => showNotice(problemText(error)))
  return (
    <Section id="privacy" title={t('privacy')} text={t('privacyText')}>
      <Switch label={t('readReceipts')} isOn={!hidesReads(self)} onChange={save} />
    </Section>
  )
}
