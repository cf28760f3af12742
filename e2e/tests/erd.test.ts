import { readFile } from 'node:fs/promises'
import { startProduct } from '@chatapp/dev-env'
import { connectPostgres } from '@chatapp/service-kit'
import { expect, test } from 'vitest'

const MIGRATIONS = ['migrations', 'migrations_lock']

test('the picture of the tables is the live schema', async () => {
  await using product = await startProduct()
  const live = await readLiveSchema(product.database.admin)
  const drawn = readDrawing(await readFile('docs/erd.md', 'utf8'))
  expect(drawn).toEqual(live)
})

/** `schema_table` → its columns as Mermaid writes them. */
type Tables = Record<string, string[]>

async function readLiveSchema(
  target: Parameters<typeof connectPostgres>[0]['target'],
): Promise<Tables> {
  await using postgres = await connectPostgres({ target, name: 'tests', maxConnections: 1 })
  const columns = await postgres.sql<{ entity: string; line: string }[]>`
    select n.nspname || '_' || c.relname as entity,
      case format_type(a.atttypid, null)
        when 'timestamp with time zone' then 'timestamptz' else format_type(a.atttypid, null) end
      || ' ' || a.attname || case when a.attnum = any(coalesce(i.indkey, '')) then ' PK' else '' end as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    where n.nspname in ('users', 'messages', 'notifications') and c.relkind in ('r', 'p')
      and c.relname <> all(${MIGRATIONS}) and not c.relispartition
    order by entity, a.attnum`
  return group(columns.map(({ entity, line }) => [entity, line]))
}

function readDrawing(markdown: string): Tables {
  const drawing = /```mermaid\n([\s\S]*?)```/.exec(markdown)?.[1] ?? ''
  const entities = [...drawing.matchAll(/^ {2}(\w+) \{\n([\s\S]*?)^ {2}\}/gm)]
  return group(
    entities.flatMap(([, entity = '', body = '']) =>
      body
        .trim()
        .split('\n')
        .map((line): [string, string] => [entity, line.replace(/".*"/, '').trim()]),
    ),
  )
}

function group(lines: [string, string][]): Tables {
  const byTable = Map.groupBy(lines, ([table]) => table)
  return Object.fromEntries(
    [...byTable].map(([table, own]) => [table, own.map(([, line]) => line)]),
  )
}
