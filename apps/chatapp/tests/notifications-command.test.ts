import {
  makeFolder,
  type PushServer,
  removeFolder,
  settle,
  spawnChatApp,
  spawnProduct,
  startPushServer,
} from '@chatapp/dev-env'
import { createClient } from '@chatapp/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'

let directory = ''
let push: PushServer
beforeAll(async () => {
  directory = await makeFolder()
  push = await startPushServer()
})
afterAll(async () => {
  await push[Symbol.asyncDispose]()
  await removeFolder(directory)
})

const env = { ALLOW_PRIVATE_ADDRESSES: 'on' }

async function notifications(...args: string[]) {
  const child = spawnChatApp(['notifications', ...args], {
    env: { ...env, CHATAPP_DATA_DIR: directory, PORT: '0' },
  })
  const code = await child.exit
  return { code, stdout: child.stdout(), stderr: child.stderr() }
}

test('an operator tests the devices of somebody and sees what waits, while the server runs', async () => {
  await using product = await spawnProduct({ directory, env })
  const bob = createClient({ url: product.url })
  await bob.users.register({ username: 'bob', password: 'a pass phrase for tests' })
  const [good, gone] = [push.device(), push.device()]
  for (const { subscription } of [good, gone]) await bob.notifications.subscribe(subscription)
  gone.answer = { status: 410 }
  const { code, stdout } = await notifications('test', '--user', 'bob')
  expect(stdout).toMatch(/^127\.0\.0\.1:\d+ +sent, answered with 201$/m)
  expect(stdout).toMatch(/gone, answered with 410$/m)
  expect(stdout).not.toContain(good.subscription.endpoint)
  expect(code).toBe(1)
  await settle('it is there', () => good.arrived.length === 1)
  expect(good.arrived[0]?.message).toEqual({ type: 'test' })
  const status = await notifications('status', '--json')
  expect(JSON.parse(status.stdout)).toMatchObject({ waiting: 0, devices: 1, lastHour: {} })
  expect(await notifications('test', '--user', 'zoe', '--json')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no user named "zoe"'),
  })
  await bob.close()
}, 600_000)
