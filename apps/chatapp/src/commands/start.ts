import { createLogger, type Logger, StartError, startTracing } from '@chatapp/service-kit'
import type { Command } from 'commander'
import { type Config, readConfig, readPartConfig } from '../config.ts'
import { toSentence } from '../failure.ts'
import { isPart, parts, refuseElsewhere } from '../split-config.ts'
import { type AllInOne, type StartOptions, startAllInOne } from '../start/all-in-one.ts'
import { closeInTime, EndWatch } from '../start/ending.ts'
import { keepHeapSmall } from '../start/heap.ts'
import { startPart } from '../start/part.ts'
import { VERSION } from '../version.ts'

export function addStart(program: Command): void {
  program
    .command('start')
    .description('run ChatApp until it is asked to end')
    .argument('[service]', `one service of ${parts.join(', ')}; all of them without it`)
    .addHelpText(
      'after',
      `
Examples:
  $ chatapp start
  $ PORT=9000 CHATAPP_DATA_DIR=/var/lib/chatapp chatapp start
  $ DATABASE_URL=postgres://chatapp:secret@db.example.org/chatapp chatapp start
  $ chatapp start messages    one service by itself; it says what it needs`,
    )
    .action(async (service?: string) => {
      process.exit(await serve(service))
    })
}

type Starting = (options: StartOptions) => Promise<AllInOne>

/** Throws a StartError for what can't be started so. */
function preparePart(service: string): { config: Config; start: Starting } {
  if (!isPart(service)) {
    throw new StartError(
      `"${service}" is not a service of ChatApp; start one of ${parts.join(', ')}, or all of them with chatapp start`,
    )
  }
  const config = readPartConfig(service)
  if (service === 'notifications') keepHeapSmall()
  return { config, start: (options) => startPart(service, config, options) }
}

function prepareAll(): { config: Config; start: Starting } {
  const config = readConfig()
  refuseElsewhere(config.split)
  return { config, start: (options) => startAllInOne(config, options) }
}

/** Runs until something ends it; resolves to the exit code. */
async function serve(service: string | undefined): Promise<number> {
  const { config, start } = service === undefined ? prepareAll() : preparePart(service)
  const log = createLogger(config.logLevel)
  const watch = new EndWatch(log)
  await using _traces = await startTracing(config.tracing, VERSION)
  const product = await startUnlessEnded(start, log, watch)
  if (!product) return (await watch.ending).kind === 'asked' ? 0 : 1
  announce(service, product.url, config.gateway)
  const ending = await watch.ending
  if (ending.kind === 'failed') process.stderr.write(`${toSentence(ending.error)}\n`)
  await closeInTime(product, log)
  return ending.kind === 'asked' ? 0 : 1
}

async function startUnlessEnded(start: Starting, log: Logger, watch: EndWatch) {
  const onLost = (error: Error) => watch.fail(error)
  try {
    return await start({ log, signal: watch.signal, onLost })
  } catch (error) {
    if (watch.signal.aborted) return undefined
    throw error
  }
}

/** For people and scripts, whatever the log level is. */
function announce(service: string | undefined, url: string, { publicUrl }: Config['gateway']) {
  const name = service === undefined ? 'ChatApp' : `ChatApp's ${service}`
  const isEntrance = service === undefined || service === 'gateway'
  const also = publicUrl && isEntrance ? `, for others at ${publicUrl}` : ''
  process.stdout.write(`${name} is ready at ${url}${also}\n`)
}
