import { ChatError, routes } from '@chatapp/protocol'
import { Answer } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { changePreferences } from '../preferences/queries.ts'
import { donePage, questionPage } from './page.ts'
import { digestTextsFor } from './texts.ts'

interface Followed {
  token: string
  /** What the browser accepts. */
  language: string | undefined
}

export async function askUnsubscribing(context: Context, { token, language }: Followed) {
  getUserOf(context, token)
  return asPage(questionPage(digestTextsFor(language)))
}

/** Again it changes nothing. */
export async function unsubscribe(context: Context, { token, language }: Followed) {
  await changePreferences(context.db, getUserOf(context, token), { digest: false })
  return asPage(donePage(digestTextsFor(language)))
}

function getUserOf({ unsubscribing }: Context, token: string): string {
  const userId = unsubscribing.userOf(token)
  if (!userId) throw new ChatError('not-found', 'This link is not one of ours, or not all of it.')
  return userId
}

const HEADERS = {
  'content-type': routes.unsubscribeFromDigest.download,
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}

const asPage = (html: string) => new Answer(200, Buffer.from(html), HEADERS)
