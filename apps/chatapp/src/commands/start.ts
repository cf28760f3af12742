import { createLogger, type Logger, StartError } from '@chatapp/service-kit'
import type { Command } from 'commander'
import { type Config, readConfig } from '../config.ts'
import { toSentence } from '../failure.ts'
import { startAllInOne } from '../start/all-in-one.ts'
import { closeInTime, EndWatch } from '../start/ending.ts'

const services = ['gateway', 'users', 'messages', 'notifications']

export function addStart(program: Command): void {
  program
    .command('start')
    .description('run ChatApp until it is asked to end')
    .argument('[service]', `one service of ${services.join(', ')}; all of them without it`)
    .addHelpText(
      'after',
      `
Examples:
  $ chatapp start
  $ PORT=9000 CHATAPP_DATA_DIR=/var/lib/chatapp chatapp start
  $ DATABASE_URL=postgres://chatapp:secret@db.example.org/chatapp chatapp start`,
    )
    .action(async (service?: string) => {
      refusePart(service)
      process.exit(await serve(readConfig()))
    })
}

function refusePart(service: string | undefined): void {
  if (service === undefined) return
  if (!services.includes(service)) {
    throw new StartError(
      `"${service}" is not a service of ChatApp; start one of ${services.join(', ')}, or all of them with chatapp start`,
    )
  }
  throw new StartError(
    `Running ${service} apart from the others needs REDIS_URL, and this version runs all services in one process; use chatapp start`,
  )
}

/** Runs until something ends it; resolves to the exit code. */
async function serve(config: Config): Promise<number> {
  const log = createLogger(config.logLevel)
  const watch = new EndWatch(log)
  const product = await startUnlessEnded(config, log, watch)
  if (!product) return (await watch.ending).kind === 'asked' ? 0 : 1
  announce(product.url, config.gateway)
  const ending = await watch.ending
  if (ending.kind === 'failed') process.stderr.write(`${toSentence(ending.error)}\n`)
  await closeInTime(product, log)
  return ending.kind === 'asked' ? 0 : 1
}

async function startUnlessEnded(config: Config, log: Logger, watch: EndWatch) {
  const onLost = (error: Error) => watch.fail(error)
  try {
    return await startAllInOne(config, { log, signal: watch.signal, onLost })
  } catch (error) {
    if (watch.signal.aborted) return undefined
    throw error
  }
}

/** For people and scripts, whatever the log level is. */
function announce(url: string, { publicUrl }: Config['gateway']): void {
  const also = publicUrl ? `, for others at ${publicUrl}` : ''
  process.stdout.write(`ChatApp is ready at ${url}${also}\n`)
}
