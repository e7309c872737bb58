import { readdirSync } from 'node:fs'
import { listAgencies } from '../../people/index.ts'
import { actIn, type Context, type House, system } from '../../platform/index.ts'
import { sowPeople } from './sow-people.ts'

/** What one room puts into the invented area. A file of `seeds/` exports one as `seed`; they run in the order of the files' names. */
export interface Seed {
  readonly name: string
  sow(ctx: Context): Promise<void>
}

/** The seeds that stand in the folder, in the order of their names. */
async function readSeeds(): Promise<Seed[]> {
  const folder = new URL('./seeds/', import.meta.url)
  const names = readdirSync(folder)
    .filter((name) => /^\d{2}-[a-z-]+\.(?:ts|js)$/.test(name))
    .sort()
  const modules = await Promise.all(names.map((name) => import(new URL(name, folder).href) as Promise<{ seed: Seed }>))
  return modules.map(({ seed }) => seed)
}

/**
 * Fills an empty database with the invented area, all of it in one transaction: agencies, the cast, directory and agreements, then what each
 * room adds. Does nothing where any agency is known already; gives whether it sowed.
 */
export async function seedArea(house: House, seeds?: readonly Seed[]): Promise<boolean> {
  const all = seeds ?? (await readSeeds())
  const doing = { actor: system, act: 'area.seeded', transaction: { statementTimeout: 0 } }
  return actIn(house, doing, async (ctx) => {
    if ((await listAgencies(ctx.tx)).length > 0) return false
    await sowPeople(ctx)
    for (const seed of all) {
      const begun = performance.now()
      await seed.sow(ctx)
      ctx.log.info('part of the invented area is sown', {
        part: seed.name,
        milliseconds: Math.round(performance.now() - begun),
      })
    }
    return true
  })
}
