// A house with two authorities that keep registers, and programs that write to them by the API.
import type { Actor } from '../../platform/index.ts'
import { testHouse } from '../../testing/test-house.ts'
import { readEntry } from './endpoints/read-entry.ts'
import { removeEntry } from './endpoints/remove-entry.ts'
import { writeEntries } from './endpoints/write-entries.ts'
import { writeEntry } from './endpoints/write-entry.ts'
import { feeds } from './pages/feeds.ts'

export const ADA = {
  names: [{ given: 'Ada', family: 'Okafor', kind: 'legal' }],
  born: { date: '2015-03-09' },
  sex: 'F',
}

export async function liveHouse() {
  const test = await testHouse({
    pages: [feeds],
    endpoints: [writeEntry, readEntry, removeEntry, writeEntries],
  })
  test.clock.set(new Date('2026-11-20T10:00:00Z'))
  await test.house.database.pool.query(
    `insert into people.agency (id, name, kind, keeps_register) values ('kirkvale', 'Kirkvale Council', 'social-care', true), ('thornmere', 'Thornmere Council', 'social-care', true),
      ('police', 'Police', 'police', false)`,
  )
  const program = (agency: string, permissions = ['register.import', 'register.keep']): Actor => ({
    id: `program-of-${agency}`,
    name: `The case system of ${agency}`,
    kind: 'program',
    agency,
    role: 'register-keeper',
    permissions: new Set(permissions),
  })
  const tokens = new Map<string, string>()
  const call = async (
    method: 'GET' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    actor = program('kirkvale'),
  ) => {
    const name = `${actor.agency} ${[...actor.permissions].join()}`
    if (!tokens.has(name)) tokens.set(name, test.bearer(actor))
    const answer = await test.app.inject({
      method,
      url: `/api/v1/registers/${path}`,
      headers: {
        authorization: `Bearer ${tokens.get(name)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: answer.statusCode, etag: answer.headers.etag, body: answer.json() as Record<string, unknown> }
  }
  const held = async (authority = 'kirkvale') =>
    (await test.house.database.pool.query('select entries from register.standing where authority = $1', [authority]))
      .rows[0]?.entries
  return { ...test, program, call, held }
}
