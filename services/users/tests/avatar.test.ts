import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type OwnUser, routes } from '@chatapp/protocol'
import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { openWorld, type World } from './world.ts'

type Colour = 'red' | 'lime' | 'blue'

/** Left a red, right a lime half. */
const halves = (width: number, height: number): Sharp => {
  const right = { create: { width: width / 2, height, channels: 3, background: 'lime' } } as const
  return sharp({ create: { width, height, channels: 3, background: 'red' } }).composite([
    { input: right, left: width / 2, top: 0 },
  ])
}

const sent = (token: string, body: Uint8Array, type = 'image/png') => ({
  ...{ token, body },
  headers: { 'content-type': type },
})

async function pictureOf(world: World, { avatarUrl }: OwnUser): Promise<Buffer> {
  const key = avatarUrl?.split('/').at(-1) ?? ''
  const answer = await world.send(routes.getAvatar, { params: { key } })
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

async function colourAt(picture: Buffer, left: number, top: number): Promise<Colour | 'other'> {
  const pixel = { left, top, width: 1, height: 1 }
  const [r = 0, g = 0, b = 0] = await sharp(picture).extract(pixel).removeAlpha().raw().toBuffer()
  if (r > 200 && g < 60 && b < 60) return 'red'
  if (g > 200 && r < 60 && b < 60) return 'lime'
  return 'other'
}

test('a picture becomes a square without metadata, and its profile is told anew', async () => {
  await using world = await openWorld()
  const { accessToken: token, user } = await world.register('alice')
  const photo = await halves(400, 200)
    .jpeg()
    .withExif({ IFD0: { Copyright: 'alice' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .toBuffer()
  expect((await sharp(photo).metadata()).exif).toBeDefined()
  const own = await world.ask(routes.setAvatar, sent(token, photo, 'image/jpeg'))
  expect(own).toEqual({ ...user, avatarUrl: expect.stringMatching(/^\/api\/avatars\/[\w-]{22}$/) })
  const picture = await pictureOf(world, own)
  const { format, width, height, exif, icc, xmp } = await sharp(picture).metadata()
  expect([format, width, height, exif, icc, xmp]).toEqual([
    ...['webp', 256, 256],
    ...[undefined, undefined, undefined],
  ])
  expect([await colourAt(picture, 20, 128), await colourAt(picture, 236, 128)]).toEqual([
    'red',
    'lime',
  ])
  expect(world.profileChanges).toEqual([{ type: 'profile-changed', userId: user.id }])
  const others = [
    ...(await world.users.api.profiles([user.id])).map((profile) => profile.user),
    ...(await world.ask(routes.findUsers, { token, query: { query: 'alice' } })).items,
    await world.ask(routes.getOwnUser, { token }),
  ]
  expect(others.map(({ avatarUrl }) => avatarUrl)).toEqual(others.map(() => own.avatarUrl))
})

test('a picture is served for good, to be shown and not to be run', async () => {
  await using world = await openWorld()
  const { accessToken: token } = await world.register('alice')
  const own = await world.ask(routes.setAvatar, sent(token, await halves(8, 8).png().toBuffer()))
  const key = own.avatarUrl?.split('/').at(-1) ?? ''
  const { headers } = await world.send(routes.getAvatar, { params: { key } })
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
  for (const unknown of ['A'.repeat(22), '..%2fsecrets%2fsigning-key.json', 'a.b', 'x'.repeat(64)])
    expect((await world.send(routes.getAvatar, { params: { key: unknown } })).status).toBe(404)
})

test('an older picture goes when a new one comes or when it is removed', async () => {
  await using world = await openWorld()
  const { accessToken: token, user } = await world.register('alice')
  const kept = async () =>
    (await world.sql<{ key: string }[]>`select key from users.avatars`).map((row) => row.key)
  const set = async (image: Sharp) =>
    world.ask(routes.setAvatar, sent(token, await image.png().toBuffer()))
  await set(halves(8, 8))
  const { avatarUrl } = await set(halves(10, 10))
  expect(await kept()).toEqual([avatarUrl?.split('/').at(-1)])
  expect(await world.ask(routes.removeAvatar, { token })).toEqual(user)
  expect(await world.ask(routes.removeAvatar, { token })).toEqual(user)
  expect(await kept()).toEqual([])
  expect(world.profileChanges).toHaveLength(3)
})

test('a crop counts pixels of the picture as it is seen', async () => {
  await using world = await openWorld()
  const { accessToken: token } = await world.register('alice')
  // Stored lying on its side: upright it is 200 wide and 400 high, red above lime.
  const photo = await halves(400, 200)
    .withExif({})
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer()
  const cut = async (query: Record<string, string>) => {
    const own = await world.ask(routes.setAvatar, { ...sent(token, photo, 'image/jpeg'), query })
    return pictureOf(world, own)
  }
  const whole = await cut({})
  expect([await colourAt(whole, 128, 20), await colourAt(whole, 128, 236)]).toEqual(['red', 'lime'])
  const below = await cut({ x: '0', y: '220', size: '100' })
  expect([await colourAt(below, 20, 20), await colourAt(below, 236, 236)]).toEqual(['lime', 'lime'])
  const outside: Record<string, string>[] = [
    { x: '150', y: '0', size: '100' },
    { x: '0', y: '301', size: '100' },
    { x: '0', y: '0', size: '0' },
    { x: '0', size: '10' },
    { x: '-1', y: '0', size: '10' },
  ]
  for (const query of outside) {
    const answer = await world.send(routes.setAvatar, { ...sent(token, photo), query })
    expect([query, answer.status]).toEqual([query, 400])
  }
})

test('every kind of picture is taken, whatever type it is sent as', async () => {
  await using world = await openWorld()
  const { accessToken: token } = await world.register('alice')
  const picture = halves(64, 64)
  for (const file of [
    await picture.clone().png().toBuffer(),
    await picture.clone().jpeg().toBuffer(),
    await picture.clone().webp().toBuffer(),
    await picture.clone().gif().toBuffer(),
  ]) {
    const own = await world.ask(routes.setAvatar, sent(token, file, 'image/webp'))
    expect(await colourAt(await pictureOf(world, own), 40, 128)).toBe('red')
  }
})

test('what is no picture, or too much of one, is refused and leaves nothing behind', async () => {
  await using world = await openWorld()
  const { accessToken: token, user } = await world.register('alice')
  const png = await halves(64, 64).png().toBuffer()
  const vast = await sharp({
    create: { width: 8000, height: 5001, channels: 3, background: 'red' },
  })
    .png()
    .toBuffer()
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  const tiff = await halves(64, 64).tiff().toBuffer()
  const cases: [number, Uint8Array, string][] = [
    [400, svg, 'image/png'],
    [400, tiff, 'image/png'],
    [400, png.subarray(0, 60), 'image/png'],
    [400, Buffer.from('GIF89a'), 'image/gif'],
    [400, vast, 'image/png'],
    [400, new Uint8Array(), 'image/png'],
    [413, Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]), 'image/png'],
    [415, svg, 'image/svg+xml'],
    [415, png, 'application/json'],
    [415, png, 'application/octet-stream'],
  ]
  for (const [status, body, type] of cases) {
    const answer = await world.send(routes.setAvatar, sent(token, body, type))
    expect([type, body.length, answer.status]).toEqual([type, body.length, status])
  }
  const misplaced = await world.send(routes.updateOwnUser, sent(token, png))
  expect(misplaced.status).toBe(415)
  expect(await world.ask(routes.getOwnUser, { token })).toEqual(user)
  expect(await world.sql`select from users.avatars`).toHaveLength(0)
})

test('pictures that earlier versions kept as files are found, and moved into the database', async () => {
  await using world = await openWorld()
  const { accessToken: token } = await world.register('alice')
  const { avatarUrl } = await world.ask(
    routes.setAvatar,
    sent(token, await halves(8, 8).png().toBuffer()),
  )
  const key = avatarUrl?.split('/').at(-1) ?? ''
  const [row] = await world.sql<{ picture: Buffer }[]>`delete from users.avatars returning picture`
  const folder = join(world.folder, 'avatars')
  await mkdir(folder)
  await writeFile(join(folder, key), row?.picture ?? '')
  const shown = async () => (await world.send(routes.getAvatar, { params: { key } })).arrayBuffer()
  expect(Buffer.from(await shown())).toEqual(row?.picture)
  await world.users.start()
  await expect.poll(() => readdir(folder)).toEqual([])
  expect(Buffer.from(await shown())).toEqual(row?.picture)
})
