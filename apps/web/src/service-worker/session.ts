/** The tabs' own lock: the server ends a session that two refresh at once. */
const LOCK = 'chatapp refresh'

/**
 * An access token of whoever is signed in in this browser: its cookie comes along with the call.
 * @throws without a network, and when nobody is signed in
 */
export async function getAccess(): Promise<string> {
  const response = await navigator.locks.request(LOCK, () =>
    fetch('/api/users/web/refresh', { method: 'POST' }),
  )
  // As the route says; parsing its schema would double the size of this worker.
  const { accessToken } = (await answered(response).json()) as { accessToken: string }
  return accessToken
}

interface Asking {
  method: 'GET' | 'POST'
  body?: unknown
  accessToken: string
}

export async function ask(path: string, { method, body, accessToken }: Asking): Promise<Response> {
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' }
  const hasBody = body !== undefined
  const init = hasBody ? { method, headers, body: JSON.stringify(body) } : { method, headers }
  return answered(await fetch(path, init))
}

function answered(response: Response): Response {
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  return response
}
