import yauzl from 'yauzl'
import { FeedRefused } from './feed.ts'

/** What a workbook may come to when it is unpacked: ten times the largest return seen. */
const UNPACKED_LIMIT = 200_000_000
const PARTS_LIMIT = 2_000
const ROWS_LIMIT = 200_000
const LAST_COLUMN = 'GZ'

/**
 * Refuses a workbook that unpacks to more than any return, before it is opened: every part is unpacked once and thrown away, counting, so that what its
 * own table of contents claims does not matter. Throws FeedRefused where it is no whole workbook.
 */
export async function refuseBomb(workbook: Buffer): Promise<void> {
  const damaged = () =>
    new FeedRefused('The file is not an Excel workbook (.xlsx), or it is cut off. Save it as .xlsx and send it again.')
  const zip = await yauzl.fromBufferPromise(workbook).catch(() => {
    throw damaged()
  })
  const large = () => new FeedRefused('The workbook unpacks to far more than an Annex A ever holds. It is not opened.')
  if (zip.entryCount > PARTS_LIMIT) throw large()
  let unpacked = 0
  try {
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize
      if (unpacked > UNPACKED_LIMIT) throw large()
      await lookThrough(entry, await zip.openReadStreamPromise(entry), large)
    }
  } catch (error) {
    throw error instanceof FeedRefused ? error : damaged()
  }
}

/** Reads a part to its end; the reader stops with an error where it comes to another size than was claimed. A cell far off would be a table of billions. */
async function lookThrough(entry: yauzl.Entry, part: AsyncIterable<Buffer>, large: () => FeedRefused): Promise<void> {
  let rest = ''
  for await (const piece of part) {
    if (!/worksheets\/.*\.xml$/i.test(entry.fileName)) continue
    const text = rest + piece.toString('latin1')
    for (const [, column = '', row = ''] of text.matchAll(/\sr\s*=\s*["']([A-Z]*)(\d+)["']/g))
      if (Number(row) > ROWS_LIMIT || column.length > 2 || (column.length === 2 && column > LAST_COLUMN)) throw large()
    rest = text.slice(-100)
  }
}
