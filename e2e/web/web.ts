import { type Cast, cast, type Person, type Product, startProduct } from '@chatapp/dev-env'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import { CHROMIUM, hasChromium, isCi, isWebClientBuilt } from './config.ts'

/** Tests of the web client against a product and in a browser of their own. */
export function describeWeb(
  story: string,
  tell: (web: Web) => void,
  env: Record<string, string> = {},
): void {
  const isSkipped = !hasChromium && !isCi
  if (isSkipped) console.warn(`Skipped: ${story}. Install ${CHROMIUM} to run what needs a browser.`)
  describe.skipIf(isSkipped)(story, { timeout: STORY_MS }, () => {
    const web = new Web(env)
    beforeAll(() => web.start())
    afterEach(() => web.closePages())
    afterAll(() => web[Symbol.asyncDispose]())
    tell(web)
  })
}

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const WIDE = { width: 1280, height: 800 }
/** A loaded machine is slow, a broken page never gets there. */
const PATIENCE_MS = 30_000
const STORY_MS = 120_000

class Web implements AsyncDisposable {
  #product: Product | undefined
  #people: Cast | undefined
  #browser: Browser | undefined
  #errors: string[] = []
  readonly #env: Record<string, string>

  constructor(env: Record<string, string>) {
    this.#env = env
  }

  get product(): Product {
    return there(this.#product)
  }

  get people(): Cast {
    return there(this.#people)
  }

  async start(): Promise<void> {
    if (!hasChromium) throw new Error(`There is no ${CHROMIUM}: install it with apt-get.`)
    if (!isWebClientBuilt()) {
      throw new Error('apps/web/dist is missing: build the web client with npm run build:web.')
    }
    this.#product = await startProduct({ env: this.#env })
    this.#people = await cast(this.#product)
    this.#browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS })
  }

  /** A browser of somebody who was never here. */
  async visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await there(this.#browser).newContext({
      baseURL: this.product.url,
      viewport: WIDE,
      locale: 'en-US',
      reducedMotion: 'reduce',
      ...options,
    })
    context.setDefaultTimeout(PATIENCE_MS)
    return this.openTab(context, path)
  }

  async openTab(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage()
    page.on('pageerror', ({ message }) => this.#errors.push(message))
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) this.#errors.push(message.text())
    })
    await page.goto(path)
    return page
  }

  /** One more device of somebody, who arrives where the path leads. */
  async signIn(person: Person, path = '/', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.visit(path, options)
    // By what is the same in every language.
    await page.locator('[name=username]').fill(person.username)
    await page.locator('[name=password]').fill(person.password)
    await page.locator('[type=submit]').click()
    await page.waitForURL(path)
    return page
  }

  /** Whatever a test was about, no page may have thrown or tried what its policy forbids. */
  async closePages(): Promise<void> {
    await Promise.all(this.#browser?.contexts().map((context) => context.close()) ?? [])
    expect(this.#errors.splice(0)).toEqual([])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser?.close()
    await this.#product?.[Symbol.asyncDispose]()
  }
}

export type { Web }

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The product and the browser are not started yet.')
  return value
}
