import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'
import { requestScope } from './request-scope.ts'

export type { Logger }
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const HIDDEN = { detail: undefined, where: undefined }

/** JSON lines on standard output; never a token, a password or the text of a message. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    mixin: scopeForLog,
    formatters: { level: (label: string) => ({ level: label }) },
    // A database names the whole row that it refuses, text and all.
    serializers: { err: (error: Error) => ({ ...stdSerializers.err(error), ...HIDDEN }) },
    redact: ['*.password', '*.accessToken', '*.refreshToken', '*.authorization'],
  }
  return destination ? pino(options, destination) : pino(options)
}

function scopeForLog() {
  const scope = requestScope.getStore()
  return scope ? { requestId: scope.requestId, route: scope.route } : {}
}
