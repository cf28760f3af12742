import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type PushMessage, pushMessageSchema } from '@chatapp/protocol'

/** A browser as a push service sees it. */
export interface TestDevice {
  /** For `subscribe`. */
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } }
  /** What arrived, decrypted, in its order. */
  arrived: Arrived[]
  /** How requests are answered from now on; 201 by default. */
  answer: { status: number; headers?: Record<string, string>; after?: Promise<void> }
  /** Requests so far, however they were answered. */
  asked: number
}

export interface Arrived {
  message: PushMessage
  headers: IncomingMessage['headers']
  /** Of `performance.now()`. */
  at: number
}

export interface PushServer extends AsyncDisposable {
  device(): TestDevice
  /** Requests that broke a rule of RFC 8030, 8291 or 8292. */
  faults: string[]
  /** The most requests that were there at once. */
  busiest: number
}

/** A push service of our own: judges who sends, and reads with the keys of the device. */
export async function startPushServer(): Promise<PushServer> {
  const devices = new Map<string, TestDevice & { ecdh: ECDH; secret: Buffer }>()
  const faults: string[] = []
  let origin = ''
  let underWay = 0
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const device = devices.get(request.url ?? '')
    const body = await buffer(request)
    if (device) device.asked++
    pushServer.busiest = Math.max(pushServer.busiest, ++underWay)
    response.once('close', () => underWay--)
    const { status, headers, after }: TestDevice['answer'] = device?.answer ?? { status: 404 }
    await after
    try {
      judge(request, origin)
      if (device && status < 300) {
        const message = pushMessageSchema.parse(JSON.parse(decrypt(body, device)))
        device.arrived.push({ message, headers: request.headers, at: performance.now() })
      }
    } catch (error) {
      faults.push(String(error))
    }
    response.writeHead(status, headers).end()
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  // A server that listens at a port has an address of this kind.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const pushServer: PushServer = {
    ...{ faults, busiest: 0 },
    device() {
      const ecdh = createECDH('prime256v1')
      const p256dh = ecdh.generateKeys('base64url')
      const secret = randomBytes(16)
      const path = `/push/${randomBytes(8).toString('hex')}`
      const keys = { p256dh, auth: secret.toString('base64url') }
      const device = {
        subscription: { endpoint: `${origin}${path}`, keys },
        ...{ arrived: [], asked: 0 },
        answer: { status: 201 },
      }
      const kept = Object.assign(device, { ecdh, secret })
      devices.set(path, kept)
      return kept
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return pushServer
}

function judge({ method, headers }: IncomingMessage, origin: string): void {
  if (method !== 'POST') throw new Error(`the method is ${method}`)
  if (headers['content-encoding'] !== 'aes128gcm') throw new Error('it is not encrypted')
  if (!/^\d+$/.test(`${headers.ttl}`)) throw new Error('it has no TTL')
  if (!/^[\w-]{1,32}$/.test(`${headers.topic}`)) throw new Error('its topic is none')
  const [, token = '', key = ''] =
    /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization ?? '') ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const { aud, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString())
  if (aud !== origin) throw new Error(`it is for ${aud}`)
  if (exp * 1000 < Date.now() || exp * 1000 > Date.now() + 86_400_000)
    throw new Error('its authorization does not end within a day')
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((one) => one.toString('base64url'))
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
  const signed = Buffer.from(`${head}.${claims}`)
  const by = { key: publicKey, dsaEncoding: 'ieee-p1363' as const }
  if (!verify('sha256', signed, by, Buffer.from(signature, 'base64url')))
    throw new Error('its signature is wrong')
}

function decrypt(body: Buffer, { ecdh, secret }: { ecdh: ECDH; secret: Buffer }): string {
  const salt = body.subarray(0, 16)
  const sender = body.subarray(21, 21 + (body[20] ?? 0))
  const sealed = body.subarray(21 + sender.length)
  if (sealed.length > body.readUInt32BE(16)) throw new Error('it is more than one record')
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender])
  const derive = (from: Buffer, by: { salt: Buffer; info: Buffer | string; bytes: number }) =>
    Buffer.from(hkdfSync('sha256', from, by.salt, by.info, by.bytes))
  const key = derive(ecdh.computeSecret(sender), { salt: secret, info, bytes: 32 })
  const decipher = createDecipheriv(
    'aes-128-gcm',
    derive(key, { salt, info: 'Content-Encoding: aes128gcm\0', bytes: 16 }),
    derive(key, { salt, info: 'Content-Encoding: nonce\0', bytes: 12 }),
  )
  decipher.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return plain.subarray(0, plain.lastIndexOf(2)).toString()
}
