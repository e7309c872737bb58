import { command, UsageError } from '../../cli/index.ts'

export const importFile = command({
  name: 'register import',
  summary: 'feeds an authority’s register from a file; fed again, it changes nothing',
  audit: 'register.fed',
  needs: 'house',
  arguments: { file: { summary: 'the file, or - for standard input' } },
  options: {
    authority: { value: 'CODE', summary: 'the authority whose register it is', required: true },
    format: { value: 'FORMAT', summary: 'csv, cin, cla or annex-a', required: true },
    from: { value: 'LEA', summary: 'the national code of the authority in its returns; kept for the next time' },
    rejects: { value: 'FILE', summary: 'writes every flagged field and rejected row there as CSV, to be mended' },
  },
  async run(io, { file, authority, format, from, rejects }, { house, transaction }) {
    const { agencyById } = await import('../../people/index.ts')
    const { system } = await import('../../platform/index.ts')
    const { feedNamed, feeds } = await import('../feeds/index.ts')
    const { importFeed } = await import('../import-feed.ts')
    const { keepCodes, standings } = await import('../store/standings.ts')
    const { flawsAsCsv } = await import('../flaws-as-csv.ts')
    const feed = feedNamed(format)
    if (feed === undefined) throw new UsageError(`--format is one of ${feeds.map((one) => one.format).join(', ')}.`)
    if (from !== undefined && !/^[\w-]{1,20}$/.test(from))
      throw new UsageError('--from takes the code by which the returns name the authority, such as 301.')
    const known = await house.database.transaction(system, async (tx) => {
      const agency = await agencyById(tx, authority)
      return agency?.keepsRegister ? { agency, codes: (await standings(tx)).get(authority)?.codes ?? [] } : undefined
    })
    if (known === undefined)
      throw new UsageError(
        `There is no authority ${authority} that keeps a register. See: safehaven agency list; add one with: safehaven agency add CODE --full-name NAME --kind social-care --register`,
      )
    const codes = from === undefined ? known.codes : [...new Set([...known.codes, from])]
    if (format === 'cin' && codes.length === 0)
      throw new UsageError(
        `Nobody has said by which code the returns of ${authority} name it, so the file cannot be told from another authority's. Say it once with --from LEA.`,
      )
    const begun = performance.now()
    const imported = await transaction(
      async (ctx) => {
        if (from !== undefined) await keepCodes(ctx.tx, authority, codes)
        return importFeed(ctx, {
          feed,
          bytes: io.bytes(file),
          ...(file === '-' ? {} : { fileName: file.split(/[\\/]/).at(-1)! }),
          authority: { id: authority, codes },
          progress(told) {
            const rate = Math.round(told / ((performance.now() - begun) / 1000))
            io.progress(told, told + 1, `${told} persons, ${rate} a second`)
          },
        })
      },
      { act: 'register.fed' },
    )
    if (rejects !== undefined) {
      const { writeFile } = await import('node:fs/promises')
      await writeFile(rejects, flawsAsCsv(imported.flaws)).catch((error: NodeJS.ErrnoException) => {
        throw new UsageError(`What must be mended cannot be written to ${rejects} (${error.code}).`)
      })
    }
    const { counts, flaws } = imported
    await io.answer({ ...counts, feed: imported.feed, flaws }, () =>
      [
        `${counts.added} added, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.removed} removed, ${counts.flagged} flagged, ${counts.rejected} rejected.`,
        ...flaws
          .slice(0, 50)
          .map(
            (flaw) =>
              `Line ${flaw.line}${flaw.localId === undefined ? '' : ` (${flaw.localId})`}, ${flaw.field}: ${flaw.reason}${flaw.rejected ? ' Rejected.' : ' Set aside.'}`,
          ),
        ...(flaws.length > 50 ? [`… and ${flaws.length - 50} more; --rejects FILE.csv writes all of them.`] : []),
      ].join('\n'),
    )
  },
})
