import type { ListedHook, ListedWebhook, Webhooks } from '@chatapp/messages'
import type { WebhookTest } from '@chatapp/protocol'
import { type Command, Option } from 'commander'
import { plain } from '../chat/lines.ts'
import { type Config, readConfig } from '../config.ts'
import { withDatabases, withServices } from '../start/workshop.ts'
import { parseServerUrl } from './server-url.ts'

export function addWebhook(program: Command): void {
  const webhook = program
    .command('webhook')
    .description('webhooks of groups, straight in the database: the server may run or not')
    .addHelpText(
      'after',
      `
Examples:
  $ chatapp webhook create https://example.org/hook --events message.created,member.joined
  $ chatapp webhook create-incoming --conversation 0193a1c0-4f44-7e7c-8f5d-ae9b8a7f6e5d --bot builder
  $ chatapp webhook list
  $ chatapp webhook test 0193a1c0-4f44-7e7c-8f5d-ae9b8a7f6e5d
  $ chatapp webhook delete 0193a1c0-4f44-7e7c-8f5d-ae9b8a7f6e5d`,
    )
  addList(webhook)
  addCreate(webhook)
  addCreateIncoming(webhook)
  addTest(webhook)
  addDelete(webhook)
}

const jsonOption = () => new Option('--json', 'print the result as JSON')

function addList(webhook: Command): void {
  webhook
    .command('list')
    .description('outgoing and incoming webhooks of all groups')
    .addOption(jsonOption())
    .action(async ({ json }: { json?: boolean }) => {
      const found = await withWebhooks((webhooks) => webhooks.list())
      const lines = [...found.outgoing.map(toOutgoingLine), ...found.incoming.map(toIncomingLine)]
      print(found, json ? undefined : lines.join(''))
    })
}

interface CreateOptions {
  conversation?: string
  events?: string[]
  json?: boolean
}

function addCreate(webhook: Command): void {
  webhook
    .command('create')
    .description('have events posted to a URL, and print the signing secret, this once')
    .argument('<url>', 'https, and not in a private network unless that is allowed')
    .option('--conversation <id>', 'a group; every group without it')
    .option('--events <list>', 'such as message.created,member.joined', toList)
    .addOption(jsonOption())
    .action(async (url: string, { conversation, events, json }: CreateOptions) => {
      const made = await withWebhooks((webhooks) =>
        webhooks.create({
          url,
          ...(conversation !== undefined && { conversationId: conversation }),
          ...(events && { events }),
        }),
      )
      print(made, json ? undefined : `${made.webhook.id} signs with the secret ${made.secret}\n`)
    })
}

interface CreateIncomingOptions {
  conversation: string
  bot: string
  allowAll?: boolean
  url?: string
  json?: boolean
}

function addCreateIncoming(webhook: Command): void {
  webhook
    .command('create-incoming')
    .description('let programs post to a group, and print the secret URL, this once')
    .requiredOption('--conversation <id>', 'the group')
    .requiredOption('--bot <name>', 'who says what is posted; it is in the group')
    .option('--allow-all', '@all in what is posted calls everybody')
    .option('--url <url>', 'where ChatApp runs; PUBLIC_URL without it', parseServerUrl)
    .addOption(jsonOption())
    .action(async ({ conversation, bot, allowAll, url, json }: CreateIncomingOptions) => {
      const made = await withWebhooks((webhooks, { gateway }) =>
        webhooks.createIncoming({
          conversationId: conversation,
          botUsername: bot,
          mayCallAll: allowAll === true,
          origin: url ?? gateway.publicUrl ?? `http://localhost:${gateway.port}`,
        }),
      )
      print(made, json ? undefined : `${made.hook.id} takes what is posted to ${made.url}\n`)
    })
}

function addTest(webhook: Command): void {
  webhook
    .command('test')
    .description('post a signed test event to an outgoing webhook now, and say what came of it')
    .argument('<id>', 'as `chatapp webhook list` prints it')
    .addOption(jsonOption())
    .action(async (id: string, { json }: { json?: boolean }) => {
      const tested = await withWebhooks((webhooks) => webhooks.test(id))
      print(tested, json ? undefined : toReport(tested))
      if (tested.problem !== null) process.exitCode = 1
    })
}

const toReport = ({ status, problem }: WebhookTest) =>
  problem === null ? `It arrived: the answer was ${status}.\n` : `It did not arrive. ${problem}\n`

function addDelete(webhook: Command): void {
  webhook
    .command('delete')
    .description('end a webhook of either kind; what it has not delivered goes, what it said stays')
    .argument('<id>', 'as `chatapp webhook list` prints it')
    .action(async (id: string) => {
      await withWebhooks((webhooks) => webhooks.delete(id))
      print(undefined, 'The webhook is deleted.\n')
    })
}

function withWebhooks<T>(work: (webhooks: Webhooks, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig()
  return withDatabases(config, (databases) =>
    withServices(config, databases, ({ messages }) => work(messages.webhooks, config)),
  )
}

const toList = (text: string) => text.split(',').map((item) => item.trim())

function print(result: unknown, text = `${JSON.stringify(result, null, 2)}\n`): void {
  process.stdout.write(text)
}

function toOutgoingLine({ id, url, state, events, waiting, failed, ...of }: ListedWebhook): string {
  const place = of.conversationId === null ? 'every group' : placeOf(of)
  const counts = `${waiting} waiting, ${failed} given up`
  return `${id} outgoing ${state.padEnd(4)} ${place} to ${plain(url)}: ${events.join(' ')}; ${counts}\n`
}

function toIncomingLine({ id, botUsername, mayCallAll, ...of }: ListedHook): string {
  const calls = mayCallAll ? ', may call @all' : ''
  return `${id} incoming on   ${placeOf(of)} by ${botUsername}${calls}\n`
}

/** Titles are people's: one of several lines would pass for several webhooks. */
const placeOf = (of: { conversationTitle: string | null; conversationId: string | null }) =>
  `"${plain(of.conversationTitle ?? '').replaceAll('\n', ' ')}" (${of.conversationId})`
