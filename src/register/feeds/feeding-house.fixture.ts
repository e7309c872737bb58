import { actIn, isFault, system } from '../../platform/index.ts'
import { testHouse } from '../../testing/test-house.ts'
import { type Imported, importFeed, type Progress } from '../import-feed.ts'
import type { Feed } from './feed.ts'
import { feedNamed } from './index.ts'
import { type Child, CODE } from './samples.fixture.ts'

export interface Register {
  readonly id: string
  feed(bytes: Buffer | readonly Buffer[], more?: More): Promise<Imported>
  /** What it came to: the counts, or the sentence with which the file was refused. */
  told(bytes: Buffer | readonly Buffer[]): Promise<Imported['counts'] | string>
  /** Everything that is kept, by local id. */
  state(): Promise<
    Record<string, { record: Record<string, unknown>; version: number; removed: boolean; named: boolean }>
  >
}
interface More {
  readonly confirmed?: boolean
  readonly format?: string
  readonly fileName?: string
  readonly progress?: Progress
}

/** A house in which registers are fed, on 20 November 2026. */
export async function feedingHouse() {
  const { house, clock } = await testHouse()
  clock.set(new Date('2026-11-20T10:00:00Z'))
  let authorities = 0

  /** A new authority's register, empty. */
  async function register(feed: Feed): Promise<Register> {
    const id = `authority-${++authorities}`
    await house.database.pool.query(
      `insert into people.agency (id, name, kind, keeps_register) values ($1, $1, 'social-care', true)`,
      [id],
    )
    const one: Register = {
      id,
      feed: (bytes, { format, ...more } = {}) =>
        actIn(house, { actor: system, act: 'test.fed' }, (ctx) =>
          importFeed(ctx, {
            feed: format === undefined ? feed : feedNamed(format)!,
            bytes: (async function* () {
              yield* Array.isArray(bytes) ? bytes : [bytes as Buffer]
            })(),
            authority: { id, codes: [CODE] },
            ...more,
          }),
        ),
      async told(bytes) {
        try {
          return (await one.feed(bytes)).counts
        } catch (error) {
          if (isFault(error) && error.code === 'register.feed-refused') return error.sentence
          throw error
        }
      },
      async state() {
        const { rows } = await house.database.pool.query(
          `select local_id, record, version, removed_at is not null as removed, named from register.entry where authority = $1 order by local_id`,
          [id],
        )
        return Object.fromEntries(rows.map(({ local_id, ...row }) => [local_id, row]))
      },
    }
    return one
  }
  return { house, clock, register }
}

export const NONE = { added: 0, changed: 0, unchanged: 0, removed: 0, flagged: 0, rejected: 0 }
export const CHILDREN: readonly Child[] = [
  { id: 'C-1', born: '2015-03-09', sex: 'F', from: '2024-01-01' },
  { id: 'C-2', born: '2016-04-10', sex: 'M', from: '2024-02-01', to: '2024-08-01' },
  { id: 'C-3', born: '2017-05-11', sex: 'F', from: '2024-03-01' },
]
