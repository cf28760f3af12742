import {
  type BodyOf,
  ChatError,
  type Hook,
  type NewHook,
  parseInput,
  routes,
  type Webhook,
  type WebhookTest,
} from '@chatapp/protocol'
import type { Context } from './context.ts'
import { createHook } from './hooks/create.ts'
import { deleteHook } from './hooks/manage.ts'
import { presentHook } from './hooks/present.ts'
import { findHook, findHooks } from './hooks/queries.ts'
import { addWebhook } from './webhooks/create.ts'
import { presentWebhook } from './webhooks/present.ts'
import {
  deleteWebhookRow,
  findTitles,
  findWebhook,
  findWebhooks,
  getConversation,
} from './webhooks/queries.ts'
import { testWebhook } from './webhooks/test.ts'

export type ListedWebhook = Webhook & { conversationTitle: string | null }
export type ListedHook = Hook & { conversationTitle: string | null; botUsername: string }

interface NewHookInput {
  conversationId: string
  botUsername: string
  mayCallAll: boolean
  /** Where programs reach us, without a path. */
  origin: string
}

/** What an operator may do with webhooks; not served over HTTP. Unknown ids: `not-found`. */
export interface Webhooks {
  /** Of all groups, oldest first. */
  list(): Promise<{ outgoing: ListedWebhook[]; incoming: ListedHook[] }>
  create(input: {
    url: string
    conversationId?: string
    events?: string[]
  }): Promise<{ webhook: Webhook; secret: string }>
  createIncoming(input: NewHookInput): Promise<NewHook>
  /** An outgoing one, now. */
  test(id: string): Promise<WebhookTest>
  /** Either kind. */
  delete(id: string): Promise<void>
}

/** Made by whoever runs this ChatApp; no user has this id. */
const OPERATOR_ID = '00000000-0000-0000-0000-000000000000'
const READ_AT_ONCE = 200

export function createWebhooks(context: Context): Webhooks {
  return {
    list: () => listAll(context),
    create: (input) => create(context, parseInput(routes.createWebhook.body, input)),
    createIncoming: (input) => createIncoming(context, input),
    test: (id) => test(context, parseInput(routes.testWebhook.params, { id }).id),
    delete: (id) => deleteEither(context, parseInput(routes.deleteWebhook.params, { id }).id),
  }
}

async function listAll(context: Context) {
  const webhooks = await readAll((page) => findWebhooks(context.sql, null, page))
  const hooks = await readAll((page) => findHooks(context.sql, { conversationId: null, ...page }))
  const places = [...webhooks, ...hooks].flatMap(({ conversation_id: id }) => id ?? [])
  const titles = await findTitles(context.sql, [...new Set(places)])
  const bots = await context.people.get(hooks.map((hook) => hook.bot_id))
  return {
    outgoing: webhooks.map((row) => ({
      ...presentWebhook(row),
      conversationTitle: titles.get(row.conversation_id ?? '') ?? null,
    })),
    incoming: hooks.map((row) => ({
      ...presentHook(row),
      conversationTitle: titles.get(row.conversation_id) ?? null,
      botUsername: bots.get(row.bot_id)?.username ?? row.bot_id,
    })),
  }
}

interface Page {
  limit: number
  after: string | undefined
}

/** Each read has one more than its limit, unless it is the last. */
async function readAll<Row extends { id: string }>(
  read: (page: Page) => PromiseLike<Row[]>,
): Promise<Row[]> {
  const all: Row[] = []
  let rows: Row[]
  do {
    rows = await read({ limit: READ_AT_ONCE, after: all.at(-1)?.id })
    all.push(...rows)
  } while (rows.length > READ_AT_ONCE)
  return all
}

async function create(context: Context, input: BodyOf<typeof routes.createWebhook>) {
  if (input.conversationId !== undefined) await assertIsGroup(context, input.conversationId)
  return addWebhook(context, OPERATOR_ID, input)
}

async function createIncoming(
  context: Context,
  { botUsername, origin, ...given }: NewHookInput,
): Promise<NewHook> {
  const botId = await getBotId(context, botUsername)
  const body = parseInput(routes.createHook.body, { ...given, botId })
  await assertIsGroup(context, body.conversationId)
  return createHook(context, { userId: OPERATOR_ID, origin }, body)
}

async function getBotId({ users }: Context, username: string): Promise<string> {
  const [[, id] = []] = await users.idsByUsername([username.toLowerCase()])
  const [profile] = id === undefined ? [] : await users.profiles([id])
  if (!profile?.user.isBot)
    throw new ChatError('not-found', `There is no bot named "${username}", or it is deactivated.`)
  return profile.user.id
}

async function assertIsGroup({ db }: Context, id: string): Promise<void> {
  if ((await getConversation(db, id))?.kind !== 'group')
    throw new ChatError('not-found', `There is no group with the id ${id}.`)
}

async function test(context: Context, id: string): Promise<WebhookTest> {
  const webhook = await findWebhook(context.sql, id)
  if (!webhook) throw new ChatError('not-found', `There is no outgoing webhook with the id ${id}.`)
  return testWebhook(context, webhook)
}

async function deleteEither(context: Context, id: string): Promise<void> {
  if (await findWebhook(context.sql, id)) return deleteWebhookRow(context.sql, id)
  const hook = await findHook(context.sql, id)
  if (!hook || hook.deleted_at)
    throw new ChatError('not-found', `There is no webhook with the id ${id}.`)
  await deleteHook(context, id)
}
