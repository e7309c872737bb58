import { readFileSync } from 'node:fs'
import { HEADS_FILE, sealLog } from '../audit/index.ts'
import { type Io, UsageError } from '../cli/index.ts'
import { describeSize, errorCode, type ManualWork, writeBackup } from '../platform/index.ts'

/** What lies beside the database and belongs to the hub. */
export const BESIDE = [HEADS_FILE]

const product = (): string => {
  const { name, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return `${name} ${version}`
}

/** Writes the hub into `file`. 1 when files were missing on disk: everything else is in it, and they are named. */
export async function backup(io: Io, file: string, work: ManualWork): Promise<0 | 1> {
  await sealLog(work.house)
  const wishes = { product: product(), beside: BESIDE, progress: io.progress }
  const done = await writeBackup(work.house, file, wishes).catch(unwritable(file))
  const { at, tables, rows, files, size, missing } = done
  await work.transaction(async () => {}, { detail: { at, tables, rows, files, size, missing: missing.length } })
  await io.answer(done, () =>
    [
      `The hub as it stood at ${at} is in ${file}: ${rows} rows of ${tables} tables and ${files} files, ${describeSize(size)}.`,
      'It opens only with the SAFEHAVEN_SECRET of this hub. Keep the two apart, and lose neither.',
      ...(missing.length === 0
        ? []
        : [`${missing.length} files are gone or damaged on this disk and are not in it: ${missing.join(', ')}`]),
    ].join('\n'),
  )
  return missing.length === 0 ? 0 : 1
}

function unwritable(file: string) {
  return (error: unknown): never => {
    const sentences: Record<string, string> = {
      EEXIST: `The file ${file} is there already, or half of it is. Choose another name, or remove it.`,
      ENOENT: `The folder of ${file} does not exist.`,
      ENOTDIR: `The folder of ${file} does not exist.`,
      EISDIR: `${file} is a folder. Name a file.`,
      EACCES: `The file ${file} may not be written by this user.`,
      EROFS: `The file ${file} may not be written: the disk is read-only.`,
      ENOSPC: `There is no room left on the disk of ${file}. Nothing was kept of the backup.`,
    }
    const sentence = sentences[errorCode(error) ?? '']
    if (sentence === undefined) throw error
    throw new UsageError(sentence)
  }
}
