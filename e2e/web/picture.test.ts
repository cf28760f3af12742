import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeWeb, type Web } from './web.ts'

describeWeb('a picture of oneself', (web) => {
  test('a photo of more than 5 MB is turned upright, made smaller, and taken', async () => {
    const { alice } = web.people
    const page = await web.signIn(alice, '/settings')
    const photo = turned(await noisyPhoto(page, { width: 2_100, height: 1_300 }))
    expect(photo.length).toBeGreaterThan(5 * 1024 * 1024)
    await choose(page, await fileOf(web, 'me.jpg', photo))
    const dialog = page.getByRole('dialog', { name: 'Cut out your picture' })
    const sizeShown = () =>
      dialog
        .locator('img')
        // The only picture there, an image element.
        .evaluate((image) => [
          (image as HTMLImageElement).naturalWidth,
          (image as HTMLImageElement).naturalHeight,
        ])
    await expect.poll(sizeShown, { timeout: 15_000 }).toEqual([1_268, 2_048])
    await dialog.getByRole('button', { name: 'Use picture' }).click()
    await page.getByRole('button', { name: 'Remove', exact: true }).waitFor()
    expect((await alice.client.users.me()).avatarUrl).not.toBeNull()
  })

  test('one with more pixels than can be opened is refused in words', async () => {
    const page = await web.signIn(web.people.bob, '/settings')
    await choose(page, await fileOf(web, 'blank.png', blankPng(20_000, 10_000)))
    await page.getByText('The picture has more than 100 million pixels.').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('what only calls itself a picture is refused in words', async () => {
    const page = await web.signIn(web.people.carol, '/settings')
    await choose(page, await fileOf(web, 'words.png', Buffer.from('not a picture')))
    await page.getByText('This is no picture that can be shown here.').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
  })
})

async function fileOf(web: Web, name: string, bytes: Buffer): Promise<string> {
  const path = join(web.product.directory, name)
  await writeFile(path, bytes)
  return path
}

const choose = (page: Page, path: string) => page.locator('input[type=file]').setInputFiles(path)

/** Noise does not compress, so it is as large as a good photo. */
async function noisyPhoto(page: Page, size: { width: number; height: number }): Promise<Buffer> {
  const base64 = await page.evaluate(({ width, height }) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('There is no canvas here.')
    const pixels = pen.createImageData(width, height)
    for (let i = 0; i < pixels.data.length; i++) {
      pixels.data[i] = i % 4 === 3 ? 255 : Math.random() * 256
    }
    pen.putImageData(pixels, 0, 0)
    return canvas.toDataURL('image/jpeg', 1).replace(/^.*,/, '')
  }, size)
  return Buffer.from(base64, 'base64')
}

/** As a phone held upright writes it: lying on its side, with a note (Exif orientation 6). */
function turned(jpeg: Buffer): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010006000000000000', 'hex')
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)])
}

/** Small as a file, whatever its size as a picture: one bit for each pixel, all the same. */
function blankPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(1, 8)
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))))
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND')])
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}
