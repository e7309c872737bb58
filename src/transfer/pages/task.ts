import { z } from 'zod'
import { conflict, notFound, page, redirect, text, view } from '../../web/index.ts'
import { findTask, finishTask } from '../store/tasks.ts'
import { correctionIn } from '../tell-of-correction.ts'

// These are done by doing the thing itself, so that the custody chain knows of it.
const doneElsewhere: Readonly<Record<string, string>> = {
  'choose-route': 'route',
  'password-by-another-route': 'password',
}

/** One task: what is owed, why, and the form that says how it was done. */
export const taskPage = page({
  path: '/tasks/:id',
  params: z.object({ id: z.uuid() }),
  permission: 'disclosure.read',
  audit: 'transfer.task-read',
  auditPost: 'transfer.task-done',
  async get(ctx, { params }) {
    ctx.about(params.id)
    const task = await findTask(ctx.tx, params.id)
    if (!task) return notFound()
    const page = task.dispatch ? doneElsewhere[task.kind] : undefined
    return view('transfer/pages/task.njk', {
      title: 'Task',
      backTo: '/tasks',
      task,
      overdue: task.doneAt === null && task.due < ctx.now,
      elsewhere: page && `/dispatches/${task.dispatch}/${page}`,
      // Its owner alone was shown what was corrected. It may also be set aside here, with the reason.
      correct: correctionIn(task.kind) && task.ownerUser === ctx.actor.id ? `/tasks/${task.id}/correct` : undefined,
    })
  },
  form: z.object({ note: text('Enter what you did, or why it is not needed', 1000) }),
  async post(ctx, { params, form }) {
    ctx.about(params.id)
    const task = await findTask(ctx.tx, params.id)
    if (!task) return notFound()
    if (task.dispatch && doneElsewhere[task.kind])
      return conflict('This task is done on its own page, which records it.')
    if ((await finishTask(ctx, params.id, form.note)) === 0)
      return conflict('Somebody else has done this task already.')
    return redirect('/tasks')
  },
})
