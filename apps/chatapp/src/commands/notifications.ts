import type { Pushes, QueueStatus, Tested } from '@chatapp/notifications'
import { StartError } from '@chatapp/service-kit'
import { type Command, Option } from 'commander'
import { readConfig } from '../config.ts'
import { withDatabases, withServices } from '../start/workshop.ts'

export function addNotifications(program: Command): void {
  const notifications = program
    .command('notifications')
    .description('push messages, straight from the database: the server may run or not')
    .addHelpText(
      'after',
      `
Examples:
  $ chatapp notifications test --user alice     does a push message reach her devices?
  $ chatapp notifications status                what waits, and how the last ones ended`,
    )
  notifications
    .command('test')
    .description('send a push message to each device of somebody, and say what became of it')
    .requiredOption('--user <name>', 'whose devices')
    .addOption(jsonOption())
    .action(async ({ user, json }: { user: string; json?: boolean }) => {
      const tested = await withPushes((pushes, idOf) => test(pushes, idOf, user))
      print(tested, json ? undefined : toReport(tested))
      if (tested.some(({ outcome }) => outcome !== 'sent')) process.exitCode = 1
    })
  notifications
    .command('status')
    .description('how much waits, since when, and how the tries of the last hour ended')
    .addOption(jsonOption())
    .action(async ({ json }: { json?: boolean }) => {
      const status = await withPushes((pushes) => pushes.status())
      print(status, json ? undefined : toText(status))
    })
}

const jsonOption = () => new Option('--json', 'print the result as JSON')

type FindId = (username: string) => Promise<string | undefined>

function withPushes<T>(work: (pushes: Pushes, idOf: FindId) => Promise<T>): Promise<T> {
  const config = readConfig()
  return withDatabases(config, (databases) =>
    withServices(config, databases, ({ users, notifications }) =>
      work(notifications.pushes, async (username) => {
        const [[, id] = []] = await users.api.idsByUsername([username])
        return id
      }),
    ),
  )
}

async function test(pushes: Pushes, idOf: FindId, username: string): Promise<Tested[]> {
  const id = await idOf(username)
  if (id === undefined) throw new StartError(`There is no user named "${username}"`)
  const tested = await pushes.test(id)
  if (tested.length === 0)
    throw new StartError(`${username} has no device that takes push messages`)
  return tested
}

function print(result: unknown, text = `${JSON.stringify(result, null, 2)}\n`): void {
  process.stdout.write(text)
}

/** The rest of an endpoint is a secret: whoever knows it may send. */
const toReport = (tested: Tested[]) =>
  tested
    .map(({ endpoint, outcome, status }) => {
      const answer = status === null ? '' : `, answered with ${status}`
      return `${new URL(endpoint).host.padEnd(36)} ${outcome}${answer}\n`
    })
    .join('')

function toText({ waiting, oldestSeconds, devices, lastHour }: QueueStatus): string {
  const ended = Object.entries(lastHour).map(([outcome, count]) => `${count} ${outcome}`)
  const age = waiting > 0 ? `, the oldest for ${Math.round(oldestSeconds)} s` : ''
  return `${waiting} waiting${age}\n${devices} devices\ntries of the last hour: ${ended.join(', ') || 'none'}\n`
}
