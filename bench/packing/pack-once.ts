// One packing in a process of its own, so that its memory can be told: pack-once.ts FILE ARCHIVE PASSWORD -> one JSON line.
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { packDocuments, readBlocks, writeFileFrom } from '../../src/transfer/packing/pack.ts'

const [source, archive, password] = process.argv.slice(2) as [string, string, string]
const file = await open(source)
const { size } = await file.stat()
// Code is loaded and compiled before the clock starts, as in a service that has packed before.
const warm = Buffer.alloc(1 << 20, 'warm')
const read = async function* () {
  yield warm
}
for await (const _ of packDocuments([{ name: 'warm up.txt', size: warm.length, read }], password, new Date()));
global.gc?.()
const idle = process.memoryUsage().rss
let peak = idle
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss)
}, 20)
const start = performance.now()
const document = { name: basename(source), size, read: () => readBlocks(file, size) }
const bytes = await writeFileFrom(packDocuments([document], password, new Date()), archive)
const seconds = (performance.now() - start) / 1000
peak = Math.max(peak, process.memoryUsage().rss)
clearInterval(watch)
await file.close()
console.log(JSON.stringify({ seconds, bytes, aboveIdleMiB: (peak - idle) / 2 ** 20 }))
