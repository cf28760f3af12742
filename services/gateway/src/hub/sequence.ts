/** So many frames ahead of a missing one are held; those beyond come with what was missed. */
const HELD_MAX = 1000

const UNKNOWN = -1

/** Puts the frames of one conversation into version order and drops those that came already. */
export class Sequence<T extends { version: number }> {
  #version = UNKNOWN
  readonly #held = new Map<number, T>()

  /** The last version that went out, or before which we were not here. */
  get version(): number {
    return this.#version
  }

  get isWaiting(): boolean {
    return this.#held.size > 0
  }

  /** What is up to here was before our time. Whoever counts already goes on counting. */
  begin(version: number): void {
    if (this.#version === UNKNOWN) this.#version = version
  }

  /** What may go out now, in order. The first frame of all begins, unless something else did. */
  accept(frame: T): T[] | 'late' {
    this.begin(frame.version - 1)
    if (frame.version <= this.#version) return 'late'
    if (frame.version > this.#version + 1) {
      if (this.#held.size < HELD_MAX) this.#held.set(frame.version, frame)
      return []
    }
    this.#version = frame.version
    return this.#held.size === 0 ? [frame] : [frame, ...this.#following()]
  }

  /** Adds what was missed up to a version: nothing else comes up to there, in order or not. */
  fill(missed: T[], version: number): T[] {
    for (const frame of missed)
      if (frame.version > this.#version && !this.#held.has(frame.version))
        this.#held.set(frame.version, frame)
    const due = [...this.#held.values()].filter((frame) => frame.version <= version)
    for (const frame of due) this.#held.delete(frame.version)
    this.#version = Math.max(this.#version, version)
    return [...due.sort((a, b) => a.version - b.version), ...this.#following()]
  }

  #following(): T[] {
    const frames: T[] = []
    for (;;) {
      const next = this.#held.get(this.#version + 1)
      if (!next) return frames
      this.#held.delete(next.version)
      this.#version = next.version
      frames.push(next)
    }
  }
}
