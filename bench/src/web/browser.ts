import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { PASSWORD } from '../product/people.ts'
import type { WebStage } from './web-stage.ts'

export const CHROMIUM = '/usr/bin/chromium'

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const WIDE = { width: 1280, height: 800 }
const PATIENCE_MS = 30_000

export function openBrowser(args: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: [...ARGS, ...args] })
}

/** Somebody's browser that has nothing of ours but, perhaps, the cookie of a session. */
export async function newVisitor(
  browser: Browser,
  { url }: WebStage,
  cookies: Awaited<ReturnType<BrowserContext['cookies']>> = [],
): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: WIDE, locale: 'en-US' })
  context.setDefaultTimeout(PATIENCE_MS)
  await context.addCookies(cookies)
  return context.newPage()
}

/** The reader's browser, at a path. */
export async function signedIn(browser: Browser, stage: WebStage, path: string): Promise<Page> {
  const page = await newVisitor(browser, stage)
  await page.goto(path)
  await page.getByLabel('Username').fill(stage.reader.username)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(path)
  return page
}

export const logIn = (page: Page) => page.getByRole('log', { name: 'Messages' })
export const composerIn = (page: Page) =>
  page.getByRole('textbox', { name: 'Message', exact: true })
