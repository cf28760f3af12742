import { statfsSync } from 'node:fs'

export type Settings = Record<string, string>

/** For a chat on one machine that loses nothing it has confirmed. */
const DURABLE_CHAT: Settings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // Not minimal: only bulk loads would gain, and a backup of the running server needs replica.
  wal_level: 'replica',
  max_wal_size: '2GB',
  // Kept for use again, which is faster than new ones. PostgreSQL's default is for larger segments.
  min_wal_size: '80MB',
  checkpoint_timeout: '15min',
  shared_buffers: '128MB',
  huge_pages: 'try',
  max_connections: '60',
  jit: 'off',
  // Gentle: on a machine with one or two cores a vacuum in a hurry is felt by every send.
  autovacuum_vacuum_cost_limit: '50',
  default_statistics_target: '20',
  autovacuum_vacuum_scale_factor: '0.05',
  autovacuum_vacuum_insert_scale_factor: '0.2',
  autovacuum_analyze_scale_factor: '0.1',
  idle_in_transaction_session_timeout: '60s',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] %q%u ',
}

export function settingArguments(settings: Settings): string[] {
  const all = { ...DURABLE_CHAT, ...sharedMemory(), ...settings }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Containers give /dev/shm 64 MB, which a parallel query can fill; files have no such limit. */
function sharedMemory(): Settings {
  if (process.platform !== 'linux') return {}
  return {
    dynamic_shared_memory_type: freeSharedMemoryBytes() < 256 * 1024 * 1024 ? 'mmap' : 'posix',
  }
}

function freeSharedMemoryBytes(): number {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize
  } catch {
    return 0
  }
}
