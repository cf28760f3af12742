import { env } from 'node:process'
import { createClient } from '@chatapp/sdk'

const { CHATAPP_URL: url = 'http://localhost:8080', CHATAPP_TOKEN: token = '' } = env
const bot = createClient({ url, token })
const me = (await bot.users.refresh()).user
const connection = bot.connect()

connection.on('message', ({ message }) => {
  if (message.kind !== 'text' || message.senderId === me.id || message.data === null) return
  connection.send(message.conversationId, `You said: ${message.data}`)
})
connection.on('state', ({ state }) => {
  if (state.kind === 'ended') process.exit(1)
})
