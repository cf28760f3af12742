import { type RawSocket, rawSocket, settle } from '@chatapp/dev-env'
import { type Route, routes } from '@chatapp/protocol'
import { expect } from 'vitest'
import type { Frame, Recording, RestStep, SocketStep, Step } from '../../src/recording/recording.ts'
import { callPath } from '../wire.ts'
import { assertKeeps, assertTaken, getParser, Ids } from './compare.ts'

/** A loaded machine is slow. */
const HEARD_WITHIN_MS = 20_000
/** Closed by the client itself. */
const NO_STATUS = 1005

/** Says to a server of today what clients of another version said, and looks at what it answers. */
export class Replay implements AsyncDisposable {
  readonly #url: string
  readonly #recording: Recording
  readonly #ids = new Ids()
  readonly #tokens = new Map<string, string>()
  readonly #lines = new Map<string, RawSocket>()

  constructor(url: string, recording: Recording) {
    this.#url = url
    this.#recording = recording
  }

  async play(step: Step): Promise<void> {
    if ('call' in step) await this.#call(step)
    else if ('line' in step) await this.#onLine(step)
  }

  async #call(step: RestStep): Promise<void> {
    const { by, call, body, status, answer } = step
    const now = this.#ids.translate({ call, body })
    const token = this.#tokens.get(by)
    const given = now.body === null ? {} : { body: now.body }
    const answered = await callPath(this.#url, now.call, { ...given, ...(token && { token }) })
    expect([call, answered.status]).toEqual([call, status])
    assertKeeps(answer, answered.body || null, { at: call, ids: this.#ids })
    const [path = ''] = now.call.split('?')
    if (status !== 204 && status < 400)
      assertTaken(getParser(this.#recording, `${routeOf(path).id} ${status}`), answered.body)
    if (answered.body.accessToken) this.#tokens.set(by, answered.body.accessToken)
  }

  async #onLine(step: SocketStep): Promise<void> {
    const name = `${step.by} ${step.line}`
    if ('opened' in step) this.#lines.set(name, rawSocket(this.#url, this.#tokens.get(step.by)))
    const line = this.#lines.get(name)
    if (!line) throw new Error(`${name} was not opened`)
    if ('sent' in step) line.send(this.#ids.translate(step.sent))
    if ('received' in step) await this.#receive(line, step.received, name)
    if (!('closed' in step)) return
    if (step.closed === NO_STATUS) await line[Symbol.asyncDispose]()
    else expect(await line.closed).toBe(step.closed)
  }

  async #receive(line: RawSocket, then: Frame, name: string): Promise<void> {
    const wanted = this.#ids.translate(then)
    // Frames are only read here, by the names that the recording has.
    const frames = line.frames as unknown as Frame[]
    const now = await settle(
      `${name} hears ${JSON.stringify(wanted)}`,
      () => frames.find((frame) => isAbout(wanted, frame)),
      HEARD_WITHIN_MS,
    )
    if (now.type === then.type) assertKeeps(then, now, { at: then.type, ids: this.#ids })
  }

  /** Also of what only today's server says. */
  assertFramesAreTaken(): void {
    const parser = getParser(this.#recording, 'server says')
    for (const { frames } of this.#lines.values())
      for (const frame of frames) assertTaken(parser, frame)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const line of this.#lines.values()) await line[Symbol.asyncDispose]()
  }
}

/** What tells one frame of its type from the others. */
const NAMES: Record<string, string[]> = {
  ack: ['clientId'],
  error: ['code', 'clientId'],
  presence: ['userId', 'state'],
}
const OF_THE_LOG = ['conversationId', 'version']

function isAbout(wanted: Frame, frame: Frame): boolean {
  if (wanted.type === 'receipt') return tellsAsMuch(wanted, frame)
  const names = NAMES[wanted.type] ?? OF_THE_LOG
  return frame.type === wanted.type && names.every((name) => frame[name] === wanted[name])
}

/** Two watermarks may come as one, and whoever writes has read. */
function tellsAsMuch(wanted: Frame, { type, kind, ...frame }: Frame): boolean {
  const who = type === 'message' ? frame.senderId : frame.userId
  const isEnough = type === 'message' || kind === 'read' || kind === wanted.kind
  return (
    (type === 'receipt' || type === 'message') &&
    isEnough &&
    who === wanted.userId &&
    frame.conversationId === wanted.conversationId &&
    Number(frame.position) >= Number(wanted.position)
  )
}

function routeOf(call: string): Route {
  const [method, path = ''] = call.split(' ')
  const fitting = Object.values<Route>(routes).filter((route) => {
    const pattern = new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`)
    return route.method === method && pattern.test(path)
  })
  // A path that stands there as it is goes first.
  const route = fitting.find((one) => one.path === path) ?? fitting[0]
  if (!route) throw new Error(`there is no route ${call}`)
  return route
}
