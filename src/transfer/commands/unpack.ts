import { basename, extname } from 'node:path'
import { command, UsageError } from '../../cli/index.ts'

/** Unpacks a zip into a new folder: all of it, or nothing and a sentence that says why. */
export const unpack = command({
  name: 'unpack',
  summary: 'Unpack a zip safely, encrypted or not',
  audit: 'transfer.unpacked',
  needs: 'nothing',
  arguments: { file: { summary: 'the archive' } },
  options: {
    out: { value: 'DIR', summary: 'the new folder to write; named after the archive unless given' },
    passwordFile: {
      value: 'FILE',
      summary: 'where the password stands; asked for, or read from standard input, unless given',
    },
  },
  async run(io, { file, out, passwordFile }) {
    const { readPassword } = await import('./read-password.ts')
    const { unpackArchive } = await import('../packing/unpack.ts')
    const folder = out ?? (basename(file, extname(file)) || 'unpacked')
    try {
      const answer = await unpackArchive(file, folder, () => readPassword(io, passwordFile))
      if ('refused' in answer) {
        await io.answer({ refused: answer.refused }, () => answer.refused)
        return 1
      }
      const { unpacked, encrypted } = answer
      const words = () => [`Unpacked into ${folder}:`, ...unpacked.map(({ path }) => `  ${path}`)].join('\n')
      await io.answer({ folder, encrypted, files: unpacked }, words)
      return 0
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') throw new UsageError(`${file} does not exist.`)
      if (code === 'EISDIR') throw new UsageError(`${file} is a folder.`)
      if (code !== 'EEXIST' && code !== 'ENOTEMPTY' && code !== 'ENOTDIR') throw error
      io.warn(`${folder} is there already and is not written into. Name another folder with --out.`)
      return 1
    }
  },
})
