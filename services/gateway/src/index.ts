export { type GatewayConfig, readGatewayConfig } from './config.ts'
export { serveDocuments } from './docs/serve-documents.ts'
export { createGateway, type Gateway, type GatewayOptions } from './service.ts'
