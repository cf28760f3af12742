/** After late news, more of it follows: so long a summary waits for the rest. */
export const GATHER_MS = 2_000
