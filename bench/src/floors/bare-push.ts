import { Agent, request } from 'undici'
import webPush from 'web-push'

const UNDER_WAY = 64
const ENCODING = 'aes128gcm'
const [endpoint = '', total = '', p256dh = '', auth = ''] = process.argv.slice(2)
const text = JSON.stringify({ type: 'message', title: 'Alice', body: 'A body. '.repeat(25) })

/** The least that push messages can cost: each is encrypted, signed and posted, and nothing more. */
const { publicKey, privateKey } = webPush.generateVAPIDKeys()
const dispatcher = new Agent({ connections: UNDER_WAY })
const numbers = Array(Number(total)).keys()
const before = process.cpuUsage()
await Promise.all(Array.from({ length: UNDER_WAY }, postSome))
const { user, system } = process.cpuUsage(before)
console.log(`done with ${(user + system) / 1000} ms`)
await dispatcher.close()

async function postSome(): Promise<void> {
  for (const n of numbers) {
    const { cipherText } = webPush.encrypt(p256dh, auth, text, ENCODING)
    const { origin } = new URL(endpoint)
    const { Authorization: authorization } = webPush.getVapidHeaders(
      origin,
      'https://chat.example',
      publicKey,
      privateKey,
      ENCODING,
    )
    const headers = { authorization, 'content-encoding': ENCODING, ttl: '86400', topic: `t${n}` }
    const { body } = await request(endpoint, {
      dispatcher,
      method: 'POST',
      headers,
      body: cipherText,
    })
    await body.dump()
  }
}
