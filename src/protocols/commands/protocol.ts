import { command, UsageError } from '../../cli/index.ts'
import { protocolOf } from './decide.ts'

export const protocolList = command({
  name: 'protocol list',
  summary: 'the protocols, with their days in force',
  audit: 'protocols.listed',
  needs: 'nothing',
  async run(io) {
    const { listProtocols } = await import('../load.ts')
    for (const one of listProtocols()) {
      const { from, until, assumed } = one.inForce
      await io.answer(
        {
          id: one.id,
          title: one.title,
          authority: one.authority,
          version: one.version,
          from,
          ...(until === undefined ? {} : { until }),
          assumed: assumed ?? false,
          rules: one.rules.length,
        },
        () => `${one.id.padEnd(22)} ${from} – ${until ?? ''}${assumed ? ' (assumed)' : ''}  ${one.title}`,
      )
    }
  },
})

export const protocolCheck = command({
  name: 'protocol check',
  summary:
    'whether a protocol file is in order: its language, its examples, rules that nothing reaches or that contradict',
  audit: 'protocols.checked',
  needs: 'nothing',
  arguments: { file: { summary: 'the file, or the id of a protocol in the folder' } },
  async run(io, { file }) {
    const [{ checkProtocol }, { findProtocol, readProtocolText }] = await Promise.all([
      import('../check.ts'),
      import('../load.ts'),
    ])
    const known = /^[a-z][a-z0-9-]+$/.test(file) ? findProtocol(file) : undefined
    const read = known === undefined ? readProtocolText(await io.read(file)) : { protocol: known }
    if ('error' in read) {
      await io.answer(
        { valid: false, findings: [{ severity: 'error', place: read.place, text: read.error }] },
        () => `${file}: ${read.error}.`,
      )
      return 1
    }
    const findings = checkProtocol(read.protocol)
    const valid = findings.every((one) => one.severity !== 'error')
    await io.answer(
      {
        valid,
        id: read.protocol.id,
        version: read.protocol.version,
        rules: read.protocol.rules.length,
        examples: read.protocol.examples.length,
        findings,
      },
      () =>
        [
          ...findings.map((one) => `${one.severity}: ${one.place}: ${one.text}`),
          valid
            ? `${read.protocol.title} is in order: ${read.protocol.rules.length} rules, ${read.protocol.examples.length} worked examples.`
            : `${read.protocol.title} is not in order.`,
        ].join('\n'),
    )
    return valid ? 0 : 1
  },
})

export const protocolDiff = command({
  name: 'protocol diff',
  summary: 'what changes from one protocol to another, and with --replay which past decisions would differ, and how',
  audit: 'protocols.replayed',
  needs: 'house when asked',
  asks: ({ replay }) => replay,
  arguments: { before: { summary: 'id or file of the one' }, after: { summary: 'id or file of the other' } },
  options: {
    replay: { summary: 'ask the past decisions made under the first again under the second (needs the database)' },
  },
  async run(io, { before, after }, work) {
    const [{ compareProtocols, replay }, { readProtocolFile }] = await Promise.all([
      import('../compare.ts'),
      import('../load.ts'),
    ])
    const read = async (name: string) => {
      if (!name.includes('/') && !name.endsWith('.yaml')) return protocolOf(name)
      const found = readProtocolFile(name)
      if ('error' in found) throw new UsageError(`${name}: ${found.error}.`)
      return found.protocol
    }
    const [first, second] = [await read(before), await read(after)]
    const changes = compareProtocols(first, second)
    if (work === undefined) {
      await io.answer({ before: first.id, after: second.id, changes }, () => changesInWords(changes))
      return
    }
    const { pastDecisions } = await import('../store.ts')
    const differing: import('../compare.ts').Replayed[] = []
    let asked = 0
    for (let last: string | undefined, more = true; more; ) {
      const page = await work.transaction((ctx) => pastDecisions(ctx.tx, first.id, 1_000, last))
      differing.push(...replay(page, second))
      asked += page.length
      last = page.at(-1)?.id
      more = page.length === 1_000
    }
    await io.answer({ before: first.id, after: second.id, changes, asked, differing }, () =>
      [
        changesInWords(changes),
        `${differing.length} of ${asked} past decisions would differ.`,
        ...differing.map(
          (one) =>
            `${one.on} ${one.id}: ${one.changes.map((change) => `${change.what} ${change.was} → ${change.wouldBe}`).join('; ')}`,
        ),
      ].join('\n'),
    )
  },
})

function changesInWords(changes: readonly import('../compare.ts').Difference[]): string {
  if (changes.length === 0) return 'The two say the same.'
  return changes
    .map((one) =>
      [
        `${one.rule} ${one.change}`,
        ...one.before.map((text) => `  − ${text}`),
        ...one.after.map((text) => `  + ${text}`),
      ].join('\n'),
    )
    .join('\n')
}

export const protocolWords = command({
  name: 'protocol words',
  summary: 'the words a protocol may use: items, purposes, routes, kinds, grounds, needs and duties',
  audit: 'protocols.words-listed',
  needs: 'nothing',
  async run(io) {
    const words = await import('../vocabulary.ts')
    const lists = {
      items: words.ITEMS,
      purposes: words.PURPOSES,
      routes: words.ROUTES,
      kinds: words.KINDS,
      grounds: words.GROUNDS,
      needs: words.NEEDS,
      duties: Object.keys(words.OBLIGATIONS),
      levels: words.LEVELS,
    }
    await io.answer(lists, () =>
      Object.entries(lists)
        .map(([name, list]) => `${name}: ${list.join(', ')}`)
        .join('\n'),
    )
  },
})
