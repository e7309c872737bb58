import { open, rename, rm } from 'node:fs/promises'
import { type Io, UsageError } from '../../cli/index.ts'
import type { Matched, Pair, Refused } from '../index.ts'

/** `their column=ours`, several separated by commas or given one by one. */
export function readMap(given: readonly string[] | undefined): ReadonlyMap<string, string> {
  const map = new Map<string, string>()
  for (const text of given ?? []) {
    for (const one of text.split(',')) {
      const at = one.indexOf('=')
      if (at < 1 || at === one.length - 1) {
        throw new UsageError(`--map takes "their column=our column", such as --map "Vorname=given_name"; not "${one}".`)
      }
      map.set(one.slice(0, at).trim(), one.slice(at + 1).trim())
    }
  }
  return map
}

/** A bar from the stages of the matching. */
export function shown(io: Io): (stage: string, share: number) => void {
  return (stage, share) => io.progress(Math.round(share * 100), 100, stage)
}

/** Writes the pairs beside the place they belong, then puts them there: a file half written is never found. */
export async function writePairs(io: Io, out: string, matched: Matched | Refused): Promise<void> {
  if ('refused' in matched) throw new UsageError(matched.refused)
  const written = await writeFileWhole(out, matched.pairs)
  io.progress(100, 100, 'Done')
  await io.answer(
    { rows: matched.rows, compared: matched.scored, pairs: written, out },
    () => `${written} pairs of ${matched.rows} rows are one person each. They are in ${out}.`,
  )
}

const LINES_AT_ONCE = 20_000

async function writeFileWhole(out: string, pairs: Iterable<Pair>): Promise<number> {
  const beside = `${out}.part`
  let count = 0
  try {
    const file = await open(beside, 'w')
    try {
      let lines = ['left_id,right_id,probability']
      for (const { left, right, probability } of pairs) {
        lines.push(`${quoted(left)},${quoted(right)},${probability.toFixed(4)}`)
        count++
        if (lines.length < LINES_AT_ONCE) continue
        await file.write(`${lines.join('\n')}\n`)
        lines = []
      }
      if (lines.length > 0) await file.write(`${lines.join('\n')}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, out)
    return count
  } catch (error) {
    await rm(beside, { force: true })
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'EROFS') {
      throw new UsageError(
        `The pairs cannot be written to ${out} (${code}). Name a file in a folder that you may write to.`,
      )
    }
    throw error
  }
}

function quoted(id: string): string {
  return /[",\n\r]/.test(id) ? `"${id.replaceAll('"', '""')}"` : id
}
