import { z } from 'zod'
import { file, notFound, page } from '../../web/index.ts'
import { drawSheet } from '../draw-sheet.ts'
import { routeNamed } from '../routes/index.ts'
import { addStep } from '../store/dispatches.ts'
import { foundDispatch } from './found.ts'

/** A sheet of a dispatch as PDF. */
export const sheetPage = page({
  path: '/dispatches/:id/sheets/:kind',
  params: z.object({ id: z.uuid(), kind: z.string().max(40) }),
  permission: 'dispatch.confirm',
  audit: 'transfer.sheet-printed',
  async get(ctx, { params }) {
    const found = await foundDispatch(ctx, params.id)
    if (!found) return notFound()
    const { dispatch, consignment } = found
    const kind = routeNamed(dispatch.route).sheets.find((one) => one === params.kind)
    if (!kind) return notFound('This route has no such sheet.')
    await addStep(ctx, dispatch, 'sheet-printed', kind)
    const content = await drawSheet(kind, consignment, dispatch, ctx.now)
    return file({ name: `${dispatch.reference}-${kind}.pdf`, type: 'application/pdf', content, inline: true })
  },
})
