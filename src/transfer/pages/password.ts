import { z } from 'zod'
import { spellAloud } from '../../platform/index.ts'
import { choice, conflict, notFound, page, redirect, text, view } from '../../web/index.ts'
import { recipientOf } from '../consignment.ts'
import { addStep } from '../store/dispatches.ts'
import { findPassword, passwordChannels, passwordTold } from '../store/passwords.ts'
import { finishTasks } from '../store/tasks.ts'
import { foundDispatch } from './found.ts'

const channelWords = {
  telephone: 'By telephone',
  meeting: 'In person',
  'by-hand': 'By hand, on paper',
  post: 'By post',
} as const

/** The password of an archive, to be told by another channel than the archive's, and the record that it was (CUM-30, CUM-54). */
export const passwordPage = page({
  path: '/dispatches/:id/password',
  params: z.object({ id: z.uuid() }),
  permission: 'dispatch.confirm',
  audit: 'transfer.password-shown',
  auditPost: 'transfer.password-told',
  async get(ctx, { params }) {
    const found = await foundDispatch(ctx, params.id)
    if (!found) return notFound()
    const { dispatch, consignment } = found
    const password = await findPassword(ctx, dispatch)
    if (password === undefined)
      return conflict('The password was told already, or there is none. It is not kept once it was told.')
    await addStep(ctx, dispatch, 'password-shown')
    return view('transfer/pages/password.njk', {
      title: 'Tell the password',
      backTo: `/dispatches/${dispatch.id}`,
      dispatch,
      party: recipientOf(consignment, dispatch.recipientIndex),
      password,
      groups: password.split('-').map((group) => ({ group, spoken: spellAloud(group).join(', ') })),
      channels: passwordChannels.map((value) => ({ value, text: channelWords[value] })),
    })
  },
  form: z.object({
    to: text('Enter who you told it to', 200),
    channel: choice(passwordChannels, 'Choose how you told it'),
  }),
  async post(ctx, { params, form }) {
    const found = await foundDispatch(ctx, params.id)
    if (!found) return notFound()
    const { dispatch } = found
    if (!(await passwordTold(ctx, dispatch, form.to, form.channel)))
      return conflict('That the password was told is recorded already.')
    await finishTasks(ctx, dispatch.id, ['password-by-another-route'], channelWords[form.channel])
    await addStep(ctx, dispatch, 'password-told', `${channelWords[form.channel]}, to ${form.to}`)
    return redirect(`/dispatches/${dispatch.id}`)
  },
})
