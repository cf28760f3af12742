import { languageOf } from '../mailing/policy.ts'

/** The words of a digest, and of the page that ends them. */
export interface DigestTexts {
  subject: (count: number) => string
  before: string
  /** Who wrote, where the text is held back. */
  from: (names: string) => string
  more: (count: number) => string
  open: string
  /** Above the link in the mail. */
  why: string
  end: string
  page: {
    language: string
    title: string
    question: string
    button: string
    done: string
    again: string
  }
}

const english: DigestTexts = {
  subject: (count) => (count === 1 ? 'A message waits for you' : `${count} messages wait for you`),
  before: 'while you were away, this was written to you:',
  from: (names) => `From ${names}`,
  more: (count) => `… and ${count} more.`,
  open: 'Open ChatApp',
  why: 'You get this mail because you were away. Your settings say how often, and this link ends it:',
  end: 'No more such mails',
  page: {
    language: 'en',
    title: 'No more mails about missed messages?',
    question: 'ChatApp then no longer writes to you when messages wait for you.',
    button: 'Yes, no more mails',
    done: 'You get no more mails about missed messages.',
    again: 'Settings › Notifications switches them on again.',
  },
}

const german: DigestTexts = {
  subject: (count) =>
    count === 1 ? 'Eine Nachricht wartet auf dich' : `${count} Nachrichten warten auf dich`,
  before: 'während du weg warst, wurde dir geschrieben:',
  from: (names) => `Von ${names}`,
  more: (count) => `… und ${count} weitere.`,
  open: 'ChatApp öffnen',
  why: 'Du bekommst diese Mail, weil du weg warst. Wie oft, sagen deine Einstellungen; dieser Link beendet es:',
  end: 'Keine solchen Mails mehr',
  page: {
    language: 'de',
    title: 'Keine Mails mehr über verpasste Nachrichten?',
    question: 'ChatApp schreibt dir dann nicht mehr, wenn Nachrichten auf dich warten.',
    button: 'Ja, keine Mails mehr',
    done: 'Du bekommst keine Mails mehr über verpasste Nachrichten.',
    again: 'Einstellungen › Benachrichtigungen schaltet sie wieder ein.',
  },
}

/** Of the person, or of the browser that they look with. */
export const digestTextsFor = (language: string | null | undefined): DigestTexts =>
  languageOf(language) === 'de' ? german : english
