import pg, { type Pool, type PoolClient } from 'pg'
import { traceStatement } from '../tracing.ts'
import { isOutdatedPlan, toConnectionLoss } from './errors.ts'

/** A statement that runs when it is awaited, or a part of another one. */
export interface Statement<Rows> extends PromiseLike<Rows> {
  readonly strings: readonly string[]
  readonly values: readonly unknown[]
}

/** Tagged templates become prepared statements: every value is a parameter, never text. */
export interface Queries {
  <Rows extends unknown[] = Record<string, unknown>[]>(
    strings: TemplateStringsArray,
    ...values: unknown[]
  ): Statement<Rows>
  /** A name of a table or database, quoted. */
  (name: string): Identifier
  /** A value for a column of type json. */
  json(value: unknown): unknown
}

/** One connection; statements go out at once, before the earlier ones are answered. */
export interface Reserved extends Queries {
  /** Back to the pool; `broken` ones are closed instead. */
  release(state?: 'whole' | 'broken'): void
}

export interface Sql extends Queries {
  reserve(): Promise<Reserved>
  /** Commits when `work` resolves, rolls back when it throws. */
  begin<T>(work: (transaction: Queries) => Promise<T>): Promise<T>
}

class Identifier {
  readonly quoted: string
  constructor(name: string) {
    this.quoted = `"${name.replaceAll('"', '""')}"`
  }
}

interface Habits {
  /** `none` where the next statement may meet another session, which knows no names. */
  names: 'kept' | 'none'
  /** Put after the `begin` of each transaction. */
  onBegin: string
  onFailure(error: unknown): void
}

export function createSql(pool: Pool, habits: Habits): Sql {
  const acquire = () =>
    pool.connect().catch((error: unknown) => {
      habits.onFailure(error)
      throw toConnectionLoss(error)
    })
  async function reserve(): Promise<Reserved> {
    const client = await acquire()
    const release = (state: 'whole' | 'broken' = 'whole') => client.release(state === 'broken')
    return Object.assign(queriesOn(client, habits), { release })
  }
  const begin: Sql['begin'] = async (work) => transact(await reserve(), work)
  return Object.assign(queriesOn(pool, habits), { reserve, begin })
}

export const isBegin = (text: string) => /^(begin|start transaction)\b/.test(text)

/** Does the work in a transaction on this connection, and gives the connection back. */
export async function transact<T>(
  connection: Reserved,
  work: (transaction: Queries) => Promise<T>,
): Promise<T> {
  let state: 'whole' | 'broken' = 'whole'
  try {
    await connection`begin`
    const result = await work(connection)
    await connection`commit`
    return result
  } catch (error) {
    await connection`rollback`.then(null, () => {
      state = 'broken'
    })
    throw error
  } finally {
    connection.release(state)
  }
}

function queriesOn(target: Pool | PoolClient, habits: Habits): Queries {
  const on = { target, habits }
  const tag = (first: TemplateStringsArray | string, ...values: unknown[]) =>
    typeof first === 'string' ? new Identifier(first) : new TaggedStatement(on, first, values)
  // The two call signatures are told apart by their first argument, which TypeScript can't follow.
  return Object.assign(tag as unknown as Queries, {
    json: (value: unknown) => JSON.stringify(value),
  })
}

interface Place {
  target: Pool | PoolClient
  habits: Habits
}

class TaggedStatement<Rows> implements Statement<Rows> {
  readonly strings: readonly string[]
  readonly values: readonly unknown[]
  readonly #on: Place
  #running: Promise<Rows> | undefined

  constructor(on: Place, strings: readonly string[], values: readonly unknown[]) {
    this.#on = on
    this.strings = strings
    this.values = values
  }

  // biome-ignore lint/suspicious/noThenProperty: awaiting a statement is what runs it
  then<A = Rows, B = never>(
    onResolved?: ((rows: Rows) => A | PromiseLike<A>) | null,
    onRejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#running ??= this.#run()
    return this.#running.then(onResolved, onRejected)
  }

  async #run(tries = 1): Promise<Rows> {
    const { target, habits } = this.#on
    const statement = prepare(compose(this), habits)
    try {
      const { rows } = await traceStatement(statement.text, () => target.query(statement))
      return rows as Rows
    } catch (error) {
      if (isOutdatedPlan(error)) {
        names.clear()
        // In a transaction all of it has to be repeated.
        if (target instanceof pg.Pool && tries === 1) return this.#run(tries + 1)
      }
      habits.onFailure(error)
      throw toConnectionLoss(error)
    }
  }
}

function prepare({ text, parameters }: Composed, { names, onBegin }: Habits) {
  // Several statements at once are sent without a name and without values.
  if (onBegin !== '' && isBegin(text)) return { text: text + onBegin }
  return { text, values: parameters, ...(names === 'kept' && { name: nameOf(text) }) }
}

interface Composed {
  text: string
  parameters: unknown[]
}

/** Puts fragments and identifiers into the text and numbers the parameters. */
function compose(statement: Statement<unknown>): Composed {
  const parameters: unknown[] = []
  const write = ({ strings, values }: Statement<unknown>): string =>
    strings.reduce((text, string, i) => text + place(values[i - 1]) + string)
  const place = (value: unknown): string => {
    if (value instanceof TaggedStatement) return write(value)
    if (value instanceof Identifier) return value.quoted
    return `$${parameters.push(value ?? null)}`
  }
  return { text: write(statement), parameters }
}

const names = new Map<string, string>()
let named = 0

/** The same text has the same name on every connection, so it is parsed once there. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = `s${++named}`
  names.set(text, name)
  return name
}
