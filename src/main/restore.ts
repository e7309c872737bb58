import { type Io, unreadable } from '../cli/index.ts'
import { type ManualWork, restoreBackup } from '../platform/index.ts'
import { BESIDE } from './backup.ts'
import { gather } from './gather.ts'

/** Brings the hub back from `file`. 1 when it may not be: nothing was changed, and the sentence says why. */
export async function restore(io: Io, file: string, { house, actor }: ManualWork): Promise<0 | 1> {
  const { restored } = await gather(house.config.demo)
  const done = await restoreBackup(house, file, {
    actor,
    beside: BESIDE,
    progress: (count, what) => io.progress(count, 0, what),
    settle: async (ctx, at) => {
      for (const room of restored) await room(ctx, at)
    },
  }).catch(unreadable(file))
  if (done.kind === 'refused') {
    await io.answer(done, () => `Nothing was restored. ${done.sentence}`)
    return 1
  }
  const { at, tables, rows, files, missing } = done
  await io.answer(done, () =>
    [
      `The hub stands as it did at ${at}: ${rows} rows of ${tables} tables and ${files} files.`,
      'Everyone signs in anew. What waited to be sent then may have gone since: its senders are asked, and nothing of it is sent by itself.',
      ...(missing.length === 0 ? [] : [`${missing.length} files were already gone when the backup was made.`]),
    ].join('\n'),
  )
  return 0
}
