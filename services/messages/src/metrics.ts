import { type Batcher, Gauge, type Registry } from '@chatapp/service-kit'

/** How much waits to be stored. */
export function observeSender(
  metrics: Registry,
  sender: Pick<Batcher<never, never>, 'waiting'>,
): void {
  new Gauge({
    name: 'chatapp_messages_waiting',
    help: 'Sends that wait for the next batch',
    registers: [metrics],
    collect() {
      this.set(sender.waiting)
    },
  })
}
