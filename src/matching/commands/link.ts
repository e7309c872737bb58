import { command } from '../../cli/index.ts'
import { readMap, shown, writePairs } from './match.ts'

/** `safehaven register link`: contract §2. */
export const link = command({
  name: 'register link',
  summary: 'finds the persons of one file in another',
  audit: 'register.linked',
  needs: 'nothing',
  arguments: {
    left: { summary: 'a CSV file in UTF-8 with a header and one person a row' },
    right: { summary: 'another; its columns may be others' },
  },
  options: {
    out: { value: 'PAIRS.csv', summary: 'where to write left_id, right_id, probability', required: true },
    map: { value: 'THEIRS=OURS', summary: 'says what a column of theirs is, such as "Vorname=given_name"', many: true },
  },
  async run(io, { left, right, out, map }) {
    const { linkFiles } = await import('../index.ts')
    await writePairs(io, out, await linkFiles(left, right, { map: readMap(map), progress: shown(io) }))
  },
})
