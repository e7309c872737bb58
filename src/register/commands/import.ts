import type { Io } from '../../cli/index.ts'
import { command, UsageError } from '../../cli/index.ts'
import { progressOf } from '../keeping/rules/progress.ts'

export const importFile = command({
  name: 'register import',
  summary: 'feeds an authority’s register from a file; fed again, it changes nothing',
  audit: 'register.fed',
  needs: 'house',
  arguments: { file: { summary: 'the file, or - for standard input' } },
  options: {
    authority: { value: 'CODE', summary: 'the authority whose register it is', required: true },
    format: { value: 'FORMAT', summary: 'csv, cin, cla or annex-a', required: true },
    from: {
      value: 'LEA',
      summary:
        'the national code of the authority in its returns; kept for the next time. Unsaid, its first return says it',
    },
    forget: { value: 'LEA', summary: 'a code that was learnt wrongly: the authority goes by it no more' },
    rejects: { value: 'FILE', summary: 'writes every flagged field and rejected row there as CSV, to be mended' },
    removalsMeant: {
      summary: 'feeds it although it takes an unusual share out of the register, or is older than the last file',
    },
  },
  async run(io, { file, authority, format, from, forget, rejects, removalsMeant }, { house, transaction }) {
    const { agencyById } = await import('../../people/index.ts')
    const { system } = await import('../../platform/index.ts')
    const { feedNamed, feeds } = await import('../feeds/index.ts')
    const { FeedHeld, importFeed } = await import('../import-feed.ts')
    const { keepCodes, standings } = await import('../store/standings.ts')
    const { flawsAsCsv } = await import('../flaws-as-csv.ts')
    const { askAtTerminal, mayLearnCode } = await import('./learn-code.ts')
    const feed = feedNamed(format)
    if (feed === undefined) throw new UsageError(`--format is one of ${feeds.map((one) => one.format).join(', ')}.`)
    if (from !== undefined && !/^[\w-]{1,20}$/.test(from))
      throw new UsageError('--from takes the code by which the returns name the authority, such as 301.')
    const known = await house.database.transaction(system, async (tx) => {
      const agency = await agencyById(tx, authority)
      return agency?.keepsRegister ? await standings(tx) : undefined
    })
    if (known === undefined)
      throw new UsageError(
        `There is no authority ${authority} that keeps a register. See: safehaven agency list; add one with: safehaven agency add CODE --full-name NAME --kind social-care --register`,
      )
    const before = known.get(authority)?.codes ?? []
    if (forget !== undefined && !before.includes(forget))
      throw new UsageError(`${authority} does not go by the code ${forget}: ${before.join(', ') || 'by none yet'}.`)
    const codes = [...before.filter((one) => one !== forget), ...(from === undefined ? [] : [from])]
    const other = [...known].find(([id, one]) => id !== authority && from !== undefined && one.codes.includes(from))
    if (other !== undefined) throw new UsageError(`The returns of ${other[0]} go by the code ${from}.`)
    const size = await sizeOf(file)
    const begun = performance.now()
    let read = 0
    let learnt: string | undefined
    try {
      const imported = await transaction(async (ctx) => {
        if (from !== undefined || forget !== undefined) await keepCodes(ctx.tx, authority, [...new Set(codes)])
        const done = await importFeed(ctx, {
          feed,
          bytes: counted(io.bytes(file), (length) => {
            read += length
          }),
          ...(file === '-' ? {} : { fileName: file.split(/[\\/]/).at(-1)! }),
          authority: { id: authority, codes },
          confirmed: removalsMeant,
          learn(code) {
            const taken = [...known.values()].flatMap((one) => one.codes)
            const may = mayLearnCode({ authority, code, taken, ask: (question) => askAtTerminal(question, io.json) })
            if (may) learnt = code
            return may
          },
          progress: (told, filed) =>
            showProgress(io, { told, filed, read, size: size ?? 0, elapsed: performance.now() - begun }),
        })
        if (learnt !== undefined) await keepCodes(ctx.tx, authority, [learnt])
        return done
      })
      if (size !== undefined) io.progress(size, size, 'done')
      if (learnt !== undefined)
        io.warn(
          `The file says that it is from authority ${learnt}. ${authority} goes by that code from now on, and a return of another code is refused. If that is wrong: --forget ${learnt}. In a script say the code beforehand, --from LEA; then no file says it for you.`,
        )
      if (rejects !== undefined) await writeFile(rejects, flawsAsCsv(imported.flaws))
      const { counts, flaws } = imported
      await io.answer({ ...counts, feed: imported.feed, flaws: flaws.map(({ row: _, ...flaw }) => flaw) }, () =>
        inWords(counts, flaws),
      )
      return 0
    } catch (error) {
      if (!(error instanceof FeedHeld)) throw error
      await io.answer(
        { held: true, ...error.counts, unnamed: error.unnamed, sentence: error.sentence },
        () => `${error.sentence} To feed it all the same: --removals-meant`,
      )
      return 1
    }
  },
})

function inWords(
  counts: Readonly<Record<'added' | 'changed' | 'unchanged' | 'removed' | 'flagged' | 'rejected', number>>,
  flaws: readonly { line: number; localId?: string; field: string; reason: string; rejected: boolean }[],
): string {
  return [
    `${(['added', 'changed', 'unchanged', 'removed', 'flagged', 'rejected'] as const).map((what) => `${n(counts[what])} ${what}`).join(', ')}.`,
    ...flaws
      .slice(0, 50)
      .map(
        (flaw) =>
          `Line ${flaw.line}${flaw.localId === undefined ? '' : ` (${flaw.localId})`}, ${flaw.field}: ${flaw.reason}${flaw.rejected ? ' Rejected.' : ' Set aside.'}`,
      ),
    ...(flaws.length > 50 ? [`… and ${n(flaws.length - 50)} more; --rejects FILE.csv writes all of them.`] : []),
  ].join('\n')
}

const n = (count: number): string => count.toLocaleString('en-GB')

/** Bytes of the file, where it is one; undefined for standard input. */
async function sizeOf(file: string): Promise<number | undefined> {
  const { stat } = await import('node:fs/promises')
  return file === '-' ? undefined : (await stat(file).catch(() => undefined))?.size
}

async function* counted(bytes: AsyncIterable<Uint8Array>, count: (length: number) => void): AsyncIterable<Uint8Array> {
  for await (const piece of bytes) {
    count(piece.length)
    yield piece
  }
}

function showProgress(io: Io, at: Parameters<typeof progressOf>[0]): void {
  const { perSecond, percent, left } = progressOf(at)
  const said = `${n(at.told)} persons read, ${n(at.filed)} filed, ${n(perSecond)} a second`
  if (at.size === 0) io.progress(at.filed, at.told + 1, said)
  // The line ends when all is done, and not before.
  else io.progress(Math.min(percent, 99), 100, left === undefined ? said : `${said}, ${n(Math.ceil(left))} s left`)
}

async function writeFile(path: string, content: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises')
  await writeFile(path, content).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`What must be mended cannot be written to ${path} (${error.code}).`)
  })
}
