import type { Database } from '../../platform/index.ts'

/**
 * Stands for all that is committed about agencies, users, entries, domains and usual recipients: as long as it is the same, so are the answers
 * to questions about them, but for a user's second factors.
 */
export async function directoryVersion({ pool }: Pick<Database, 'pool'>): Promise<string> {
  const { rows } = await pool.query<{ version: string }>({
    name: 'people-version',
    text: 'select coalesce(sum(steps), 0)::text as version from people.change',
  })
  return rows[0]!.version
}
