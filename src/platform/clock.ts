/** The only source of the present. Everything asks its context for `now`; nothing calls `new Date()`. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock turned by hand, for tests and for an invented area that lives on a chosen day. */
export interface HandClock extends Clock {
  /** Moves on by a number of milliseconds. */
  forward(milliseconds: number): void
  /** Jumps to an instant. */
  set(instant: Date | string): void
}

export function handClock(start: Date | string = '2026-11-20T09:00:00Z'): HandClock {
  let present = new Date(start).getTime()
  return {
    now: () => new Date(present),
    forward(milliseconds) {
      present += milliseconds
    },
    set(instant) {
      present = new Date(instant).getTime()
    },
  }
}

/** A clock that runs at the usual pace from a chosen instant. */
export function clockFrom(start: Date | string): Clock {
  const offset = new Date(start).getTime() - Date.now()
  return { now: () => new Date(Date.now() + offset) }
}
