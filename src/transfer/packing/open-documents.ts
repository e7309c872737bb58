import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { type PackedDocument, readBlocks } from './pack.ts'

export interface OpenDocuments {
  readonly opened: readonly PackedDocument[]
  close(): Promise<void>
}

/** Opens files to be packed, or says in a sentence which cannot be. Close them afterwards. */
export async function openDocuments(paths: readonly string[]): Promise<OpenDocuments | { readonly unusable: string }> {
  const files: FileHandle[] = []
  const close = async () => {
    await Promise.all(files.map((file) => file.close()))
  }
  const opened: PackedDocument[] = []
  for (const path of paths) {
    try {
      const file = await open(path, 'r')
      files.push(file)
      const stat = await file.stat()
      if (!stat.isFile()) throw Object.assign(new Error('not a file'), { code: 'EISDIR' })
      opened.push({ name: basename(path), size: stat.size, read: () => readBlocks(file, stat.size) })
    } catch (error) {
      await close()
      return { unusable: `${path} ${reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? 'cannot be read'}.` }
    }
  }
  return { opened, close }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read',
  EISDIR: 'is a folder or device, not a file: name the files in it',
  ENXIO: 'is a folder or device, not a file: name the files in it',
}
