import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { createFirstScreenGroups } from './build/first-screen.ts'
import { leanZod } from './build/lean-zod.ts'

/** Where `npm start` listens; another one by CHATAPP_URL. */
const DEFAULT_SERVER = 'http://127.0.0.1:8080'
// biome-ignore lint/style/noProcessEnv: the configuration of the development server
const server = process.env.CHATAPP_URL ?? DEFAULT_SERVER

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss(), leanZod()],
  server: {
    proxy: {
      '/api': { target: server },
      '/ws': { target: server, ws: true },
    },
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      input: 'index.html',
      output: {
        codeSplitting: { groups: createFirstScreenGroups(import.meta.dirname) },
      },
    },
    manifest: 'manifest.json',
  },
})
