/// <reference lib="webworker" />

// A worker's global is not the window that the other sources know.
export const worker = globalThis as unknown as ServiceWorkerGlobalScope
