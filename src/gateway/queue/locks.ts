import type { PoolClient } from 'pg'
import type { House } from '../../platform/index.ts'
import { Together } from './together.ts'

interface Asked {
  readonly id: string
  readonly take: boolean
}

/**
 * The locks of the messages that this process has in hand, all on one connection, taken and given back in rounds. As with `alone`, a killed
 * process lets go of them by itself, and so does one whose connection is cut: what is under way then is told apart by what was noted before it left.
 */
export class Locks {
  private readonly house: House
  private readonly rounds = new Together<Asked, boolean>((list) => this.round(list), 500)
  private client: PoolClient | undefined

  constructor(house: House) {
    this.house = house
  }

  /** False: another process has it. */
  take(id: string): Promise<boolean> {
    return this.rounds.ask({ id, take: true })
  }

  /** Nobody waits for it; where it fails the connection is gone, and the lock with it. */
  giveBack(id: string): void {
    this.rounds.ask({ id, take: false }).catch(() => {})
  }

  close(): void {
    this.client?.release(true)
    this.client = undefined
  }

  private async round(list: readonly Asked[]): Promise<boolean[]> {
    const client = this.client ?? (await this.connect())
    // What is given back comes first, as it was asked first by whoever asks for the same again.
    const { rows } = await client.query<{ held: boolean }>({
      name: 'gateway-locks',
      text: `select case when i.take then pg_try_advisory_lock(hashtextextended(i.id, 71)) else pg_advisory_unlock(hashtextextended(i.id, 71)) end as held
        from unnest($1::text[], $2::boolean[]) with ordinality as i (id, take, place) order by i.place`,
      values: [list.map((one) => one.id), list.map((one) => one.take)],
    })
    return rows.map((one) => one.held)
  }

  private async connect(): Promise<PoolClient> {
    const client = await this.house.database.pool.connect()
    client.on('error', (error) => {
      if (this.client !== client) return
      this.client = undefined
      client.release(error)
    })
    this.client = client
    return client
  }
}
