import { command } from '../../cli/index.ts'
import { readMap, shown, writePairs } from './match.ts'

/** `safehaven register dedupe`: contract §2. */
export const dedupe = command({
  name: 'register dedupe',
  summary: 'finds the rows of a file that are the same person',
  audit: 'register.deduped',
  needs: 'nothing',
  arguments: { file: { summary: 'a CSV file in UTF-8 with a header and one person a row' } },
  options: {
    out: { value: 'PAIRS.csv', summary: 'where to write left_id, right_id, probability', required: true },
    map: { value: 'THEIRS=OURS', summary: 'says what a column of theirs is, such as "Vorname=given_name"', many: true },
  },
  async run(io, { file, out, map }) {
    const { dedupeFile } = await import('../index.ts')
    await writePairs(io, out, await dedupeFile(file, { map: readMap(map), progress: shown(io) }))
  },
})
