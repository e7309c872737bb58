import type { House } from './context.ts'

/** Something that runs as long as the house is open, such as the mail gateway. */
export interface Service {
  readonly name: string
  /** Starts it and says where it is found ("smtp://localhost:2525"), if that is of use to the reader of the terminal. */
  start(house: House): Promise<{ readonly where?: string; stop(): Promise<void> }>
}

export const service = (definition: Service): Service => definition
