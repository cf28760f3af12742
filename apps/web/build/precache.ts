import { createHash } from 'node:crypto'
import { glob, readFile, writeFile } from 'node:fs/promises'

/** What the shell needs offline. Highlighting and emoji come into the cache when they are used. */
const SHELL =
  '{index.html,appearance.js,icon.svg,manifest.webmanifest,assets/*.{js,css},assets/inter-latin-wght-normal*.woff2}'
const LAZY = /\/(shiki|core|javascript|[a-z]+-(light|dark)-high-contrast|langs?)[-.]/

/** Fills the list of files into the service worker; a changed list makes browsers take the new one. */
export async function writePrecacheList(dist: string): Promise<void> {
  const files = (await Array.fromAsync(glob(SHELL, { cwd: dist }))).sort()
  const list = files.filter((file) => !LAZY.test(`/${file}`)).map((file) => `/${file}`)
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(await readFile(`${dist}${file}`))
  const path = `${dist}service-worker.js`
  const script = await readFile(path, 'utf8')
  const precache = { version: hash.digest('hex').slice(0, 16), files: list }
  const filled = script.replace(/["'`]__PRECACHE__["'`]/, () =>
    JSON.stringify(JSON.stringify(precache)),
  )
  if (filled === script) throw new Error('the service worker has no place for the list of files')
  await writeFile(path, filled)
}
