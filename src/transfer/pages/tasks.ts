import { z } from 'zod'
import { page, view } from '../../web/index.ts'
import { countTasks, openTasks } from '../store/tasks.ts'

const shown = 200

/** What is owed: one's own, the team's, and what is overdue. */
export const tasksPage = page({
  path: '/tasks',
  query: z.object({ list: z.enum(['mine', 'team', 'overdue']).catch('mine').default('mine') }),
  permission: 'disclosure.read',
  audit: 'transfer.tasks-read',
  async get(ctx, { query }) {
    const counts = await countTasks(ctx)
    const tasks = await openTasks(ctx, query.list, shown)
    return view('transfer/pages/tasks.njk', {
      title: 'Tasks',
      list: query.list,
      counts,
      left: counts[query.list] - tasks.length,
      tasks: tasks.map((task) => ({ ...task, overdue: task.due < ctx.now })),
    })
  },
})
