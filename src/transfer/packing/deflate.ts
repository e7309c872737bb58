import { availableParallelism } from 'node:os'
import { constants, deflateRaw } from 'node:zlib'

const window = 32 << 10

/** Deflates blocks one after another in a single stream, on as many threads of the pool as there are cores. */
export async function* deflateBlocks(blocks: AsyncIterable<Buffer>, level: number): AsyncGenerator<Buffer> {
  const waiting: Promise<Buffer>[] = []
  let before: Buffer | undefined
  let held: Buffer | undefined
  try {
    for await (const block of blocks) {
      if (held !== undefined) {
        waiting.push(deflateBlock(held, before, level, false))
        before = held
        if (waiting.length > availableParallelism()) yield await waiting.shift()!
      }
      held = block
    }
    waiting.push(deflateBlock(held ?? Buffer.alloc(0), before, level, true))
    while (waiting.length > 0) yield await waiting.shift()!
  } finally {
    await Promise.allSettled(waiting)
  }
}

/** What share of its size a block keeps when deflated, from 0 to a little over 1. */
export async function deflatedShare(block: Buffer, level: number): Promise<number> {
  if (block.length === 0) return 1
  return (await deflateBlock(block, undefined, level, true)).length / block.length
}

// Each block knows the 32 KiB before it as its dictionary and ends on a byte, so that the parts join to one stream.
function deflateBlock(block: Buffer, before: Buffer | undefined, level: number, last: boolean): Promise<Buffer> {
  const finishFlush = last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH
  const dictionary = before?.subarray(Math.max(0, before.length - window))
  return new Promise((resolve, reject) => {
    deflateRaw(
      block,
      { level, finishFlush, chunkSize: 64 << 10, ...(dictionary && dictionary.length > 0 ? { dictionary } : {}) },
      (error, result) => (error ? reject(error) : resolve(result)),
    )
  })
}
