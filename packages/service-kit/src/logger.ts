import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger }
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** JSON lines on standard output; never a token, a password or the text of a message. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: ['*.password', '*.accessToken', '*.refreshToken', '*.authorization'],
  }
  return destination ? pino(options, destination) : pino(options)
}
