import { ChatError, type Device } from '@chatapp/protocol'
import { useCallback, useEffect, useState } from 'react'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { client } from '../../lib/session/client.ts'
import { showNotice } from '../../lib/shell/shell.ts'

/** Where I am signed in: this device first, then by when they were last used. */
export function useDevices() {
  const [devices, setDevices] = useState<Device[] | null>(null)
  const [hasFailed, setHasFailed] = useState(false)
  const load = useCallback(() => {
    setHasFailed(false)
    Array.fromAsync(client.users.allSessions()).then(
      (found) => setDevices(found.sort(byUse)),
      () => setHasFailed(true),
    )
  }, [])
  useEffect(load, [load])

  async function end(device: Device) {
    try {
      await client.users.endSession(device.id)
    } catch (error) {
      const isGone = error instanceof ChatError && error.code === 'not-found'
      if (!isGone) return showNotice(problemText(error))
    }
    setDevices((known) => known?.filter(({ id }) => id !== device.id) ?? null)
  }

  async function endOthers() {
    for (const device of devices ?? []) if (!device.current) await end(device)
  }

  return { devices, hasFailed, load, end, endOthers }
}

function byUse(a: Device, b: Device): number {
  return Number(b.current) - Number(a.current) || b.usedAt.localeCompare(a.usedAt)
}
