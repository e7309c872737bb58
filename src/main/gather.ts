import { housekeeping } from './housekeeping.ts'
import type { RoomModule } from './room.ts'
import { rooms } from './rooms.ts'

/** What all rooms hand to the house, put together. Throws when two claim what only one can be. */
export async function gather(demo: boolean) {
  const modules = await Promise.all(
    rooms.filter((room) => demo || room.demo !== true).map((room) => room.room?.() ?? Promise.resolve<RoomModule>({})),
  )
  const all = <Item>(pick: (module: RoomModule) => readonly Item[] | undefined): Item[] =>
    modules.flatMap((module) => pick(module) ?? [])
  const only = <Item>(what: string, pick: (module: RoomModule) => Item | undefined): Item | undefined => {
    const found = modules.map(pick).filter((item) => item !== undefined)
    if (found.length > 1) throw new Error(`two rooms bring ${what}`)
    return found[0]
  }
  const pages = all((module) => module.pages)
  const paths = pages.map((page) => page.path)
  const twice = paths.find((path, index) => paths.indexOf(path) !== index)
  if (twice !== undefined) throw new Error(`two pages have the path ${twice}`)
  return {
    pages,
    endpoints: all((module) => module.endpoints),
    jobs: [housekeeping, ...all((module) => module.jobs)],
    services: all((module) => module.services),
    holdings: all((module) => module.holdings),
    restored: all((module) => (module.restored === undefined ? [] : [module.restored])),
    navigation: inDailyOrder(all((module) => module.navigation)),
    authenticate: only('sign-in', (module) => module.authenticate) ?? (async () => undefined),
    authenticateToken: only('tokens', (module) => module.authenticateToken) ?? (async () => undefined),
    area: only('an area', (module) => module.area),
    mailbox: only('a mailbox', (module) => module.mailbox),
  }
}

/** What is used every day stands first, one's own account last; the rest as the rooms bring it. */
const FIRST = ['/', '/disclosures', '/register', '/mail', '/tasks', '/intake']
const LAST = ['/account', '/demo/mail']

function inDailyOrder<Item extends { readonly href: string }>(items: readonly Item[]): readonly Item[] {
  const rank = ({ href }: Item): number =>
    FIRST.includes(href) ? FIRST.indexOf(href) : LAST.includes(href) ? 200 + LAST.indexOf(href) : 100
  return [...items].sort((one, other) => rank(one) - rank(other))
}
