import type { HttpServer } from '@chatapp/service-kit'
import helmet from '@fastify/helmet'
import type { GatewayConfig } from '../config.ts'

const YEAR_SECONDS = 31_536_000

/** Headers that keep browsers from doing with our answers what nobody meant them to do. */
export async function sendSecurityHeaders(
  app: HttpServer,
  { publicUrl }: Pick<GatewayConfig, 'publicUrl'>,
): Promise<void> {
  const isHttps = publicUrl?.startsWith('https:') ?? false
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Component libraries and the docs page put style elements into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Over plain HTTP browsers ignore these two, and complain about the second.
    strictTransportSecurity: isHttps && { maxAge: YEAR_SECONDS },
    crossOriginOpenerPolicy: isHttps && { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store')
  })
}
