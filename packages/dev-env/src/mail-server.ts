import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { type Mail, readMail } from './mail.ts'

export interface MailServer extends AsyncDisposable {
  /** For `SMTP_URL`. */
  url: string
  /** What was taken, in its order. */
  mails: Mail[]
  /** How recipients are answered from now on, by address; 250 by default. */
  answers: Map<string, number>
  /** Whose mail is taken, while the answer that says so waits, by address. */
  held: Map<string, Promise<void>>
  /** Refuses connections until `comeBack`. */
  goAway(): Promise<void>
  comeBack(): Promise<void>
}

/** A mail server of our own, on loopback; with a login it takes mail from nobody else. */
export async function startMailServer(login?: { user: string; pass: string }): Promise<MailServer> {
  const mails: Mail[] = []
  const answers = new Map<string, number>()
  const held = new Map<string, Promise<void>>()
  let server: SMTPServer | undefined
  let port = 0
  const open = async () => {
    const made = createServer({ mails, answers, held, login })
    port = await listen(made, port)
    server = made
  }
  const close = async () => {
    const ending = server
    server = undefined
    if (ending) await new Promise<void>((resolve) => ending.close(() => resolve()))
  }
  await open()
  const who = login ? `${login.user}:${encodeURIComponent(login.pass)}@` : ''
  return {
    url: `smtp://${who}127.0.0.1:${port}`,
    ...{ mails, answers, held, goAway: close, comeBack: open },
    [Symbol.asyncDispose]: close,
  }
}

interface Behaviour {
  mails: Mail[]
  answers: Map<string, number>
  held: MailServer['held']
  login: { user: string; pass: string } | undefined
}

function createServer({ mails, answers, held, login }: Behaviour): SMTPServer {
  return new SMTPServer({
    disabledCommands: login ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    allowInsecureAuth: true,
    authOptional: !login,
    closeTimeout: 1,
    onAuth({ username, password }, _session, done) {
      const isRight = username === login?.user && password === login?.pass
      done(isRight ? null : refusal(535), isRight ? { user: username } : undefined)
    },
    onRcptTo({ address }, _session, done) {
      const status = answers.get(address)
      done(status === undefined ? null : refusal(status))
    },
    onData(stream, { envelope }, done) {
      const to = envelope.rcptTo[0]?.address ?? ''
      void buffer(stream).then(async (bytes) => {
        mails.push(readMail(bytes.toString('utf8'), to))
        await held.get(to)
        done()
      }, done)
    },
  })
}

const refusal = (responseCode: number) => Object.assign(new Error('refused'), { responseCode })

async function listen(server: SMTPServer, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  server.on('error', () => undefined)
  // A server that listens at a port has an address of this kind.
  return (server.server.address() as AddressInfo).port
}
