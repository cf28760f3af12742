import type { ServerInfo } from '@chatapp/protocol'
import { useEffect, useState } from 'react'
import { client } from './client.ts'

/** What the server can do; null until it has answered. */
export function useServer(): ServerInfo | null {
  const [server, setServer] = useState<ServerInfo | null>(null)
  useEffect(() => {
    // Without an answer nothing is offered that may not be there.
    client.server().then(setServer, () => {})
  }, [])
  return server
}
