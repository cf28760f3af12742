import { type Person, settle, startMailServer } from '@chatapp/dev-env'
import { afterAll, expect, test } from 'vitest'
import { inspector } from './axe.ts'
import { describeWeb } from './web.ts'

const NEW = 'a wholly new pass phrase'
const PUBLIC_URL = 'http://chat.example.org'
const mail = await startMailServer()
afterAll(() => mail[Symbol.asyncDispose]())

/** Where the last mail to the address leads, as a path. */
const pathInMail = (address: string, page: string) =>
  settle(
    `the mail to ${address}`,
    () => {
      const texts = mail.mails.flatMap(({ to, text }) => (to === address ? [text] : []))
      return texts.map((text) => new RegExp(`(/${page}#\\S+)`).exec(text)?.[1]).findLast(Boolean)
    },
    30_000,
  )

const give = ({ client }: Person, email: string) => client.users.updateMe({ email })

describeWeb(
  'mail in the web client',
  (web) => {
    test('whoever forgot the password sets a new one by a link and signs in with it', async () => {
      const { alice } = web.people
      await give(alice, 'alice@example.org')
      const page = await web.visit('/sign-in')
      await page.getByRole('link', { name: 'Forgot your password?' }).click()
      await page.getByLabel('E-mail').fill('alice@example.org')
      await page.getByRole('button', { name: 'Send the link' }).click()
      await page.getByText('a mail with a link is on its way').waitFor()

      await page.goto(web.product.url + (await pathInMail('alice@example.org', 'reset-password')))
      const password = page.getByLabel('New password', { exact: true })
      await password.fill('password1')
      await page.getByRole('button', { name: 'Set password' }).click()
      await page.getByText('none of the common passwords').waitFor()
      await password.fill(NEW)
      await page.getByRole('button', { name: 'Set password' }).click()
      await page.getByText('Your new password is set').waitFor()

      await page.getByRole('link', { name: 'Go on to ChatApp' }).click()
      await page.getByLabel('Username').fill('alice')
      await page.getByLabel('Password', { exact: true }).fill(NEW)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('navigation', { name: 'Conversations' }).waitFor()
    })

    test('an address is verified by the link of its mail, and the settings say so at once', async () => {
      const { bob } = web.people
      await give(bob, 'bob@example.org')
      const settings = await web.signIn(bob, '/settings')
      await settings.getByText('Not verified yet').waitFor()
      await settings.getByRole('button', { name: 'Send it again' }).click()
      await settings.getByText('The mail is on its way.').waitFor()
      const page = await web.visit(await pathInMail('bob@example.org', 'verify-email'))
      await page.getByRole('button', { name: 'Yes, it is mine' }).click()
      await page.getByText('Your address is verified').waitFor()
      await settings.getByText('Verified: it is yours.').waitFor()
      expect(await bob.client.users.me()).toMatchObject({ emailVerified: true })
    })

    test('mail about what one missed is chosen in the settings, once the address is verified', async () => {
      const { carol } = web.people
      const page = await web.signIn(carol, '/settings')
      const { look, found } = inspector(page)
      await page.getByText('Give an e-mail address in your profile first.').waitFor()
      await give(carol, 'carol@example.org')
      await page.getByText('First follow the link in our mail').waitFor()
      const path = await pathInMail('carol@example.org', 'verify-email')
      await carol.client.users.verifyEmail(path.split('#')[1] ?? 'none')
      const choice = page.getByRole('group', { name: 'Mail about what I missed' })
      expect(await choice.getByLabel('1 hour').isChecked()).toBe(true)
      await look('the choice of a digest')
      const preferences = () => carol.client.notifications.preferences()
      await choice.getByText('1 day').click()
      await settle('a day', async () => (await preferences()).digestEvery === 'day')
      await choice.getByText('Off', { exact: true }).click()
      await settle('off', async () => !(await preferences()).digest)
      await choice.getByText('15 min').click()
      await settle('on again', async () => (await preferences()).digestEvery === '15min')
      expect((await preferences()).digest).toBe(true)
      expect(found).toEqual([])
    })
  },
  { SMTP_URL: mail.url, PUBLIC_URL },
)

describeWeb('the web client of a server without mail', (web) => {
  test('says who can help with a forgotten password, and what is missing', async () => {
    const page = await web.visit('/sign-in')
    await page.getByText('Whoever runs this server can set a new one for you.').waitFor()
    const settings = await web.signIn(web.people.alice, '/settings')
    await settings
      .getByText('This server sends no mail. Whoever runs it can set SMTP_URL')
      .waitFor()
    await settings
      .getByText('mail is not set up here. Whoever runs this server can set SMTP_URL')
      .waitFor()
  })
})
