export interface Flushable {
  flush(): void
}

/**
 * Gathers what one turn of the event loop has to say. At its end rooms hand their frames to their
 * sockets, then every socket is written once, however many frames it got.
 */
export class Turn {
  #rooms: Flushable[] = []
  #sockets: Flushable[] = []
  #state: 'idle' | 'scheduled' = 'idle'

  addRoom(room: Flushable): void {
    this.#rooms.push(room)
    this.#schedule()
  }

  addSocket(socket: Flushable): void {
    this.#sockets.push(socket)
    this.#schedule()
  }

  #schedule(): void {
    if (this.#state === 'scheduled') return
    this.#state = 'scheduled'
    setImmediate(this.#flush)
  }

  #flush = (): void => {
    const rooms = this.#rooms
    this.#rooms = []
    for (const room of rooms) room.flush()
    const sockets = this.#sockets
    this.#sockets = []
    this.#state = 'idle'
    for (const socket of sockets) socket.flush()
  }
}
