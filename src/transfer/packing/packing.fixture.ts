import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { PackedDocument } from './pack.ts'

/** For tests: a document held in memory. */
export function documentOf(name: string, content: string | Buffer): PackedDocument {
  const bytes = Buffer.from(content as string)
  return {
    name,
    size: bytes.length,
    async *read() {
      for (let at = 0; at < bytes.length; at += 256 << 10) yield bytes.subarray(at, at + (256 << 10))
    },
  }
}

/** For tests: runs the stock 7-Zip and answers its output; rejects when it finds fault. */
export async function sevenZip(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('7z', args, { maxBuffer: 1 << 24 })
  return stdout
}
