import { FILE_LIMIT } from '../../platform/index.ts'
import { optionalText } from '../../web/index.ts'
import { addDocument, documentsOf, removeDocument } from '../store/documents.ts'
import { step, stepForm, wrong } from './step.ts'

const MOST = 20
/** What a recipient's machine would run rather than show. */
const PROGRAM = /\.(exe|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|msi|hta|lnk|jar|apk|dll|reg)$/i

export const documents = step({
  step: 'documents',
  template: 'sharing/pages/documents.njk',
  form: stepForm({ remove: optionalText(40), add: optionalText(10) }),
  files: { limit: FILE_LIMIT, count: 10 },
  show: async (ctx, { row }) => ({
    documents: (await documentsOf(ctx.tx, row.id)).filter((one) => one.kind === 'document'),
  }),
  save: (draft) => draft,
  async also(ctx, form, { row }, files) {
    if (form.remove !== undefined) {
      await removeDocument(ctx, row.id, form.remove)
      return undefined
    }
    const known = await documentsOf(ctx.tx, row.id)
    if (known.length + files.length > MOST)
      return wrong({ files: `A disclosure takes up to ${MOST} documents. Put several into one file` })
    const program = files.find((one) => PROGRAM.test(one.name))
    if (program !== undefined)
      return wrong({
        files: `“${program.name}” is a program, not a document, and would be stopped on the way. Send the document itself`,
      })
    const empty = files.find((one) => one.size === 0)
    if (empty !== undefined) return wrong({ files: `“${empty.name}” is empty. Choose the file again` })
    if (form.add !== undefined && files.length === 0) return wrong({ files: 'Choose a file' })
    for (const one of files) await addDocument(ctx, row.id, one, 'document')
    return undefined
  },
  next: (form, _draft, { row }) =>
    form.remove !== undefined || form.add !== undefined ? `/disclosures/${row.id}/documents` : undefined,
})
