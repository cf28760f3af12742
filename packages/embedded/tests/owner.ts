// A ChatApp of its own process: starts the database, says so on one line, stops at the end of input.
const [module, directory, role] = process.argv.slice(2)

const { startEmbeddedPostgres } = await import(module ?? '')
try {
  const database = await startEmbeddedPostgres({ directory, roles: [role] })
  const { pid, adopted } = database
  console.log(JSON.stringify({ pid, adopted, connection: database.connection(role) }))
  process.stdin.on('end', () => database.stop()).resume()
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }))
}
