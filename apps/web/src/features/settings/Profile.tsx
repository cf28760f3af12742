import { useTranslation } from 'react-i18next'
import { useSelf } from '../../lib/chat/hooks.ts'
import { Button } from '../../ui/Button.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { AvatarField } from './AvatarField.tsx'
import { EmailState } from './EmailState.tsx'
import { Section } from './Section.tsx'
import { useProfileForm } from './use-profile-form.ts'

export function Profile() {
  const { t } = useTranslation('settings')
  const self = useSelf()
  const { wrong, formProblem, isBusy, onSubmit, onChange } = useProfileForm()
  if (!self) return null
  return (
    <Section id="profile" title={t('profile')} text={t('username', { username: self.username })}>
      <AvatarField self={self} />
      <form
        key={self.id}
        onSubmit={onSubmit}
        onChange={onChange}
        noValidate
        className="mt-5 grid gap-3.5"
      >
        <TextField
          label={t('displayName')}
          name="displayName"
          autoComplete="nickname"
          defaultValue={self.displayName}
          error={wrong.displayName}
        />
        <TextArea
          label={t('bio')}
          name="bio"
          rows={3}
          defaultValue={self.bio}
          hint={t('bioHint')}
          error={wrong.bio}
        />
        <TextField
          label={t('email')}
          name="email"
          type="email"
          autoComplete="email"
          defaultValue={self.email ?? ''}
          hint={t('emailHint')}
          error={wrong.email}
        />
        <EmailState self={self} />
        <p role="alert" className="text-small text-danger empty:hidden">
          {formProblem}
        </p>
        <div>
          <Button type="submit" isBusy={isBusy}>
            {t('saveProfile')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
