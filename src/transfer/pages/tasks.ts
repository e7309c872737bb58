import { z } from 'zod'
import { page, view } from '../../web/index.ts'
import type { Task } from '../consignment.ts'
import { countTasks, openTasks, recipientsOfAll } from '../store/tasks.ts'

const shown = 200
const named = 3

/** What is owed: one's own, the team's, and what is overdue; under what was sent, and to whom. */
export const tasksPage = page({
  path: '/tasks',
  query: z.object({ list: z.enum(['mine', 'team', 'overdue']).catch('mine').default('mine') }),
  permission: 'disclosure.read',
  audit: 'transfer.tasks-read',
  async get(ctx, { query }) {
    const counts = await countTasks(ctx)
    const tasks = await openTasks(ctx, query.list, shown)
    const groups = new Map<string, (Task & { readonly overdue: boolean })[]>()
    for (const task of tasks)
      groups.set(task.disclosure, [...(groups.get(task.disclosure) ?? []), { ...task, overdue: task.due < ctx.now }])
    const owed = new Map((await recipientsOfAll(ctx.tx, [...groups.keys()])).map((one) => [one.id, one]))
    return view('transfer/pages/tasks.njk', {
      title: 'Tasks',
      list: query.list,
      counts,
      left: counts[query.list] - tasks.length,
      groups: [...groups].map(([disclosure, its]) => {
        const { recipients = [], reference = '' } = owed.get(disclosure) ?? {}
        return {
          disclosure,
          reference,
          to: recipients.slice(0, named).join(', '),
          more: Math.max(0, recipients.length - named),
          several: recipients.length > 1,
          tasks: its,
        }
      }),
    })
  },
})
