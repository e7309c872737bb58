import { type Command, command, UsageError } from '../cli/index.ts'

export const commands: readonly Command[] = [
  command({
    name: 'audit verify',
    summary: 'proves the log of acts whole, or names the first entry that is not',
    audit: 'audit.verified',
    needs: 'house',
    async run(io, _given, { house, transaction }) {
      const { sealLog } = await import('./seal.ts')
      const { verifyLog } = await import('./verify.ts')
      await sealLog(house)
      const verdict = await verifyLog(house)
      await transaction(async () => {}, { detail: { whole: verdict.whole, sealed: verdict.sealed } })
      await io.answer(verdict, () => {
        if (verdict.whole) return `The log is whole: ${verdict.sealed} entries.`
        const { seq, entry, why } = verdict.first!
        const place = [seq === undefined ? '' : `place ${seq}`, entry === undefined ? '' : `entry ${entry}`]
          .filter((part) => part !== '')
          .join(', ')
        return `The log is not whole. First at ${place}: ${why}`
      })
      return verdict.whole ? 0 : 1
    },
  }),
  command({
    name: 'audit export',
    summary: 'writes the sealed log of acts as one JSON document a line',
    audit: 'audit.exported',
    needs: 'house',
    options: { from: { value: 'PLACE', summary: 'only after this place of the chain', default: '0' } },
    async run(io, { from }, { house, transaction }) {
      const start = Number(from)
      if (!Number.isSafeInteger(start) || start < 0)
        throw new UsageError('--from takes a place of the chain, a whole number from 0.')
      const { sealLog } = await import('./seal.ts')
      const { exportLog } = await import('./export.ts')
      await transaction(async () => {}, { detail: { from: start } })
      await sealLog(house)
      let count = 0
      for await (const entry of exportLog(house, start)) {
        await io.answer(entry)
        count++
      }
      io.warn(`${count} entries.`)
    },
  }),
]
