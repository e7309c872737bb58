import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { type Io, UsageError } from '../../cli/index.ts'

/** A password from a file, from the keyboard without showing it, or the first line of standard input. */
export async function readPassword(io: Io, file: string | undefined): Promise<string> {
  if (file !== undefined) {
    const text = await readFile(file, 'utf8').catch(() => {
      throw new UsageError(`The password file ${file} cannot be read.`)
    })
    return firstLine(text)
  }
  if (!process.stdin.isTTY) {
    for await (const line of io.lines('-')) return firstLine(line)
    throw new UsageError('The archive is encrypted. Give the password with --password-file FILE, or on standard input.')
  }
  // Typed text is written to a stream that shows nothing.
  const silent = new Writable({ write: (_piece, _encoding, done) => done() })
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true })
  process.stderr.write('Password: ')
  try {
    return firstLine(await reader.question(''))
  } finally {
    process.stderr.write('\n')
    reader.close()
  }
}

const firstLine = (text: string): string => text.split(/\r?\n/)[0]!.trim()
