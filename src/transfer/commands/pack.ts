import { basename } from 'node:path'
import { command, UsageError } from '../../cli/index.ts'

/** An AES-256 zip with neutral names and a new password, which is printed on standard error and nowhere else. */
export const pack = command({
  name: 'pack',
  summary: 'Pack files into an AES-256 zip that tells nothing by its names',
  audit: 'transfer.packed',
  needs: 'nothing',
  arguments: { files: { summary: 'the files to pack', many: true } },
  options: {
    out: { value: 'NAME.zip', summary: 'the archive to write; a name that identifies nobody', required: true },
  },
  async run(io, { files, out }) {
    const { identifies, isNeutralName, neutralName } = await import('../packing/neutral-names.ts')
    if (!/\.zip$/i.test(out)) throw new UsageError('The archive must be called something.zip.')
    // CUM-48: "DO NOT USE specific names such as Julia.Smith.zip".
    if (identifies(basename(out))) {
      io.warn(
        `The name ${basename(out)} may say whom this is about. Choose one that does not, such as the day: 20261121.zip (CUM-48).`,
      )
      return 1
    }
    const { openDocuments } = await import('../packing/open-documents.ts')
    const documents = await openDocuments(files)
    if ('unusable' in documents) throw new UsageError(documents.unusable)
    const { generatePassword, spellAloud } = await import('../../platform/index.ts')
    const { packDocuments, writeFileFrom } = await import('../packing/pack.ts')
    const password = generatePassword()
    const total = documents.opened.reduce((sum, { size }) => sum + size, 0)
    try {
      const counted = async function* () {
        let written = 0
        for await (const piece of packDocuments(documents.opened, password, new Date())) {
          written += piece.length
          io.progress(Math.min(written, total), total, 'packed')
          yield piece
        }
      }
      const bytes = await writeFileFrom(counted(), out)
      io.warn(`Password: ${password}`)
      io.warn(`Say: ${spellAloud(password).join(' ')}`)
      io.warn('Tell it by telephone or in person, never in the same message. It is not kept anywhere.')
      const inner = documents.opened.some(({ name }) => !isNeutralName(name))
      const entries = inner ? ['document-1.zip'] : documents.opened.map(({ name }) => name)
      const answer = { file: out, bytes, encryption: 'aes-256', entries, documents: documents.opened.length }
      await io.answer(
        answer,
        () =>
          `${out}: ${documents.opened.length} ${documents.opened.length === 1 ? 'document' : 'documents'}, seen from outside as ${entries.join(', ') || neutralName(1, '')}`,
      )
      return 0
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      io.warn(`${out} is there already and is not written over.`)
      return 1
    } finally {
      await documents.close()
    }
  },
})
