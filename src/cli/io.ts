import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'
import { UsageError } from './command.ts'

/** How a command speaks: documents on standard output, everything else on standard error when --json is given. */
export interface Io {
  readonly json: boolean
  /** One answer: with --json one line of JSON, else what `words` makes of it. */
  answer(document: unknown, words?: () => string): Promise<void>
  /** A line for the reader; with --json on standard error. */
  say(line: string): void
  /** A line on standard error. */
  warn(line: string): void
  /** How far long work is; only where standard error is a terminal. */
  progress(done: number, total: number, what: string): void
  /** The text of a file, or of standard input for "-". */
  read(path: string): Promise<string>
  /** Its bytes as they come, for what must not be taken for UTF-8 unseen. */
  bytes(path: string): AsyncIterable<Buffer>
  /** Its lines, one by one, without their ends. */
  lines(path: string): AsyncIterable<string>
  readonly output: Writable
}

export interface Streams {
  readonly input: Readable
  readonly output: Writable
  readonly errors: Writable & { readonly isTTY?: boolean }
}

export function openIo(json: boolean, streams: Streams): Io {
  const { input, output, errors } = streams
  const put = (stream: Writable, line: string): Promise<void> =>
    stream.write(`${line}\n`) ? Promise.resolve() : new Promise((resolve) => stream.once('drain', resolve))
  return {
    json,
    output,
    answer: (document, words) => put(output, json || words === undefined ? JSON.stringify(document) : words()),
    say: (line) => void put(json ? errors : output, line),
    warn: (line) => void put(errors, line),
    progress(done, total, what) {
      if (!errors.isTTY) return
      const share = total === 0 ? 1 : done / total
      const bar = '█'.repeat(Math.round(share * 30)).padEnd(30, '░')
      errors.write(`\r${bar} ${Math.floor(share * 100)} % ${what}\x1b[K${done >= total ? '\n' : ''}`)
    },
    async read(path) {
      if (path !== '-') return readFile(path, 'utf8').catch(unreadable(path))
      const pieces: Buffer[] = []
      for await (const piece of input) pieces.push(Buffer.from(piece as Uint8Array))
      return Buffer.concat(pieces).toString('utf8')
    },
    async *bytes(path) {
      try {
        for await (const piece of path === '-' ? input : createReadStream(path)) yield Buffer.from(piece as Uint8Array)
      } catch (error) {
        unreadable(path)(error)
      }
    },
    async *lines(path) {
      const decoder = new TextDecoder()
      let rest = ''
      const source = path === '-' ? input : createReadStream(path, { highWaterMark: 1 << 18 })
      try {
        for await (const piece of source) {
          const lines = (rest + decoder.decode(piece as Uint8Array, { stream: true })).split('\n')
          rest = lines.pop() ?? ''
          for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line
        }
      } catch (error) {
        unreadable(path)(error)
      }
      rest += decoder.decode()
      if (rest !== '') yield rest.endsWith('\r') ? rest.slice(0, -1) : rest
    },
  }
}

export function unreadable(path: string) {
  return (error: unknown): never => {
    const code = (error as NodeJS.ErrnoException).code
    const why =
      code === 'ENOENT'
        ? 'does not exist'
        : code === 'EISDIR'
          ? 'is a folder'
          : code === 'EACCES'
            ? 'may not be read by this user'
            : undefined
    if (why === undefined) throw error
    throw new UsageError(`The file ${path} ${why}.`)
  }
}
