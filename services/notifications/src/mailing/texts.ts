import type { AccountMailKind } from '@chatapp/protocol'
import { languageOf } from './policy.ts'

/** The words of a mail about an account. */
interface AccountWords {
  subject: string
  /** Each a paragraph of its own. */
  before: string[]
  /** What the link says; null without one. */
  link: string | null
  after: string[]
}

export interface Texts {
  hello: (name: string) => string
  account: Record<AccountMailKind, (username: string) => AccountWords>
  /** Below every mail. */
  noReply: string
}

const english: Texts = {
  hello: (name) => `Hello ${name},`,
  account: {
    'password-reset': (username) => ({
      subject: 'Set a new password',
      before: [
        `somebody, hopefully you, asked for a new password of the account ${username}.`,
        'The link works once and for one hour. All devices are signed out when it is used.',
      ],
      link: 'Set a new password',
      after: ['If it was not you, there is nothing to do: the password stays as it is.'],
    }),
    'email-verification': (username) => ({
      subject: 'Is this your e-mail address?',
      before: [
        `the account ${username} gives this address as its own. The link works for one day.`,
      ],
      link: 'Yes, this is my address',
      after: ['If you do not know the account, there is nothing to do.'],
    }),
    'email-changed': (username) => ({
      subject: 'Your e-mail address was removed from an account',
      before: [
        `this address no longer belongs to the account ${username}: it was changed or removed there.`,
      ],
      link: null,
      after: [
        'If it was not you, sign in, change the password, and set the address again. If you cannot ' +
          'sign in, ask the administrator of this server.',
      ],
    }),
  },
  noReply: 'This mail was sent by itself; nobody reads an answer to it.',
}

const german: Texts = {
  hello: (name) => `Hallo ${name},`,
  account: {
    'password-reset': (username) => ({
      subject: 'Neues Passwort setzen',
      before: [
        `jemand, hoffentlich du, möchte ein neues Passwort für das Konto ${username}.`,
        'Der Link gilt einmal und eine Stunde lang. Wird er benutzt, sind alle Geräte abgemeldet.',
      ],
      link: 'Neues Passwort setzen',
      after: ['Warst du es nicht, ist nichts zu tun: Das Passwort bleibt, wie es ist.'],
    }),
    'email-verification': (username) => ({
      subject: 'Ist das deine E-Mail-Adresse?',
      before: [
        `das Konto ${username} nennt diese Adresse als seine. Der Link gilt einen Tag lang.`,
      ],
      link: 'Ja, das ist meine Adresse',
      after: ['Kennst du das Konto nicht, ist nichts zu tun.'],
    }),
    'email-changed': (username) => ({
      subject: 'Deine E-Mail-Adresse wurde aus einem Konto entfernt',
      before: [
        `diese Adresse gehört nicht mehr zum Konto ${username}: Sie wurde dort geändert oder entfernt.`,
      ],
      link: null,
      after: [
        'Warst du es nicht, melde dich an, ändere das Passwort und trage die Adresse wieder ein. ' +
          'Kannst du dich nicht anmelden, frage die Administratoren dieses Servers.',
      ],
    }),
  },
  noReply: 'Diese Mail wurde automatisch verschickt; niemand liest eine Antwort darauf.',
}

/** As the person has chosen; English for languages that we do not have. */
export const textsFor = (language: string | null): Texts =>
  languageOf(language) === 'de' ? german : english
