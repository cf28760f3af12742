/** So many frames ahead of a missing one are held; a longer gap is not a matter of waiting. */
const HELD_MAX = 1000

/** Puts the frames of one conversation into version order and drops those that came already. */
export class Sequence<T extends { version: number }> {
  #version = 0
  readonly #held = new Map<number, T>()

  /** What may go out now, in order. The first frame of all sets where the counting begins. */
  accept(frame: T): T[] | 'late' {
    if (this.#version === 0) this.#version = frame.version - 1
    if (frame.version <= this.#version) return 'late'
    if (frame.version > this.#version + 1) {
      this.#held.set(frame.version, frame)
      return this.#held.size > HELD_MAX ? this.release() : []
    }
    this.#version = frame.version
    return this.#held.size === 0 ? [frame] : [frame, ...this.#following()]
  }

  /** Gives up waiting for what is missing; whoever sees the gap can ask for it. */
  release(): T[] {
    const frames = [...this.#held.values()].sort((a, b) => a.version - b.version)
    this.#held.clear()
    this.#version = frames.at(-1)?.version ?? this.#version
    return frames
  }

  get isWaiting(): boolean {
    return this.#held.size > 0
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
