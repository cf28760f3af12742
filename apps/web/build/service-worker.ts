import { build, type Plugin } from 'vite'

/** One script of its own: a worker that browsers start anywhere imports nothing. */
export async function buildServiceWorker(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: folder,
    logLevel: 'warn',
    publicDir: false,
    plugins: [fewTexts],
    build: {
      target: 'es2022',
      emptyOutDir: false,
      rolldownOptions: {
        input: 'src/service-worker/main.ts',
        output: { format: 'iife', entryFileNames: 'service-worker.js' },
      },
    },
  })
}

/** It speaks of notifications only: the other texts stay out. */
const fewTexts: Plugin = {
  name: 'few-texts',
  enforce: 'pre',
  transform: {
    filter: { id: /\/i18n\/\w+\.json$/ },
    handler(code) {
      const { app, notifications } = JSON.parse(code)
      return { code: JSON.stringify({ app: { name: app.name }, notifications }), map: null }
    },
  },
}
