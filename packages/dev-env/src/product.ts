import { type AllInOne, readConfig, startAllInOne } from '@chatapp/app'
import { type Client, createClient, RequestError, type SavedSession } from '@chatapp/sdk'
import { type Shape, testShape } from './config.ts'
import { createTestDatabase, type TestDatabase } from './databases.ts'
import { makeFolder, removeFolder } from './folders.ts'
import { logInto, type Place, quietly, targetsOf } from './place.ts'
import { startSplit } from './split.ts'

export interface Person {
  username: string
  password: string
  session: SavedSession
  client: Client
}

export interface Product extends AsyncDisposable {
  url: string
  database: TestDatabase
  directory: string
  /** The log so far, as JSON lines. */
  log(): string
  /**
   * Registers somebody, by default under a name of their own, and signs them in. Who is registered
   * already is only signed in: a test that is given one more try meets the people of its first.
   */
  person(username?: string): Promise<Person>
  /** A client that is not signed in. */
  client(): Client
  /** Ends it as SIGTERM does; `restart` goes on with the same data. */
  stop(): Promise<void>
  restart(): Promise<void>
}

interface ProductOptions {
  /** Variables as for `chatapp start`, over PORT=0 and RATE_LIMITS=off. */
  env?: Record<string, string>
  /** Shares the database of this one, as two processes of one installation do. */
  beside?: Product
  /** By default the one that the test run is for. */
  shape?: Shape
}

const PASSWORD = 'a pass phrase for tests'
let registered = 0

/** The whole product in this process, on a database and in a data directory of its own. */
export async function startProduct({
  env = {},
  beside,
  shape = testShape(),
}: ProductOptions = {}): Promise<Product> {
  const database = beside?.database ?? (await createTestDatabase())
  const directory = await makeFolder()
  const log: string[] = []
  const clients: Client[] = []
  const boot = () => BOOT[shape]({ database, directory, env, log })
  let running: AllInOne | undefined = await boot()
  const stop = async () => {
    await running?.[Symbol.asyncDispose]()
    running = undefined
  }
  const client = () => {
    const made = createClient({ url: product.url })
    clients.push(made)
    return made
  }
  const product: Product = {
    url: running.url,
    database,
    directory,
    log: () => log.join(''),
    client,
    person: (username) => register(client(), username),
    stop,
    async restart() {
      await stop()
      running = await boot()
      product.url = running.url
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((one) => one.close()))
      await stop()
      if (!beside) await database[Symbol.asyncDispose]()
      await removeFolder(directory)
    },
  }
  return product
}

const BOOT: Record<Shape, (place: Place) => Promise<AllInOne>> = {
  whole: bootAllInOne,
  split: startSplit,
}

function bootAllInOne({ database, directory, env, log }: Place): Promise<AllInOne> {
  const config = readConfig({ ...quietly(directory), ...env })
  return startAllInOne({ ...config, databases: targetsOf(database) }, { log: logInto(log, config) })
}

async function register(
  client: Client,
  username = `user${process.pid}x${++registered}`,
): Promise<Person> {
  const session = await client.users.register({ username, password: PASSWORD }).catch((error) => {
    if (!(error instanceof RequestError && error.code === 'conflict')) throw error
    return client.users.login({ username, password: PASSWORD })
  })
  return { username, password: PASSWORD, session, client }
}
