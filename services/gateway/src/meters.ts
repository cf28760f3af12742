import type { ErrorCode, InboundFrame } from '@chatapp/protocol'
import { Counter, Gauge, Histogram, type Registry } from '@chatapp/service-kit'

/** From a commit under no load to one that users notice. */
const ACK_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

type FrameType = InboundFrame['type'] | 'bad'
const FRAME_TYPES: Record<FrameType, true> = {
  message: true,
  typing: true,
  read: true,
  delivered: true,
  sync: true,
  watch: true,
  focus: true,
  authenticate: true,
  ping: true,
  bad: true,
}

/** What the gateway counts; children are made once, because looking up labels costs per frame. */
export interface Meters {
  frame(type: FrameType): void
  sent(outcome: 'stored' | ErrorCode, seconds: number): void
  delivered(frames: number): void
  closed(code: number): void
  slowConsumer(): void
}

export function createMeters(registry: Registry, countConnections: () => number): Meters {
  const registers = [registry]
  const frames = new Counter({
    name: 'chatapp_gateway_frames_total',
    help: 'Frames received, by type.',
    labelNames: ['type'],
    registers,
  })
  const sends = new Counter({
    name: 'chatapp_gateway_sends_total',
    help: 'Messages sent over sockets, by outcome.',
    labelNames: ['outcome'],
    registers,
  })
  const ackSeconds = new Histogram({
    name: 'chatapp_gateway_ack_seconds',
    help: 'From a message frame to its acknowledgement.',
    buckets: ACK_SECONDS,
    registers,
  })
  const { deliveries, closes, slowConsumers } = createOutgoingMeters(registers)
  new Gauge({
    name: 'chatapp_gateway_connections',
    help: 'Open sockets.',
    registers,
    collect() {
      this.set(countConnections())
    },
  })
  const byType = new Map(Object.keys(FRAME_TYPES).map((type) => [type, frames.labels(type)]))
  const stored = sends.labels('stored')
  return {
    frame: (type) => byType.get(type)?.inc(),
    sent(outcome, seconds) {
      if (outcome !== 'stored') return sends.labels(outcome).inc()
      stored.inc()
      ackSeconds.observe(seconds)
    },
    delivered: (count) => deliveries.inc(count),
    closed: (code) => closes.labels(String(code)).inc(),
    slowConsumer: () => slowConsumers.inc(),
  }
}

function createOutgoingMeters(registers: Registry[]) {
  const deliveries = new Counter({
    name: 'chatapp_gateway_deliveries_total',
    help: 'Frames of conversations, counted once for every socket.',
    registers,
  })
  const closes = new Counter({
    name: 'chatapp_gateway_closes_total',
    help: 'Sockets closed by the gateway, by close code.',
    labelNames: ['code'],
    registers,
  })
  const slowConsumers = new Counter({
    name: 'chatapp_gateway_slow_consumers_total',
    help: 'Sockets given up because they did not read.',
    registers,
  })
  return { deliveries, closes, slowConsumers }
}
