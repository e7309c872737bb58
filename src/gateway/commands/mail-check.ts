import { readFile, stat } from 'node:fs/promises'
import { command, type Io, UsageError } from '../../cli/index.ts'
import type { MailAnswer, PartialDisclosure } from '../facts/index.ts'

/** Files beyond this are not read at all; the reader's own limit is lower. */
const largestFile = 60 * 1024 * 1024

/** `safehaven mail check`: contract §2. One line a file. Exit: one file 0 deliver or convert, 1 hold or reject; many 0. */
export const mailCheck = command({
  name: 'mail check',
  summary: 'what the mail gateway would do with saved messages: one line a file',
  audit: 'gateway.checked',
  needs: 'nothing',
  arguments: { files: { summary: 'messages, as saved by a mail program (.eml)', many: true } },
  options: {
    protocol: { value: 'ID', summary: 'protocol to check under', required: true },
    on: { value: 'DAY', summary: 'day whose law holds, YYYY-MM-DD (today unless said)' },
    facts: { value: 'FILE', summary: 'what is known besides: a part of a Disclosure (JSON)' },
  },
  async run(io, { files, protocol: id, on, facts: factsFile }) {
    const { findProtocol, protocolIds } = await import('../../protocols/index.ts')
    const protocol = findProtocol(id)
    if (protocol === undefined)
      throw new UsageError(`There is no protocol “${id}”. There are: ${protocolIds().join(', ')}.`)
    const day = dayOf(on)
    const facts = factsFile === undefined ? undefined : await readFacts(io, factsFile)
    const { readMessage } = await import('../reading/index.ts')
    const { checkMail } = await import('../facts/index.ts')
    let stopped = false
    for (const file of files) {
      const raw = await readMail(file)
      const answer = checkMail(readMessage(raw), { protocol, day, ...(facts === undefined ? {} : { facts }) })
      stopped ||= answer.action === 'hold' || answer.action === 'reject'
      await io.answer({ file, ...shown(answer) }, () => inWords(file, answer))
    }
    return files.length === 1 && stopped ? 1 : 0
  },
})

function shown({ action, findings, recipients, attachments, decision, sentence }: MailAnswer) {
  return { action, findings, recipients, attachments, decision: decision ?? null, sentence }
}

function inWords(file: string, answer: MailAnswer): string {
  const lines = [`${file}: ${answer.action}. ${answer.sentence}`]
  for (const { rule, part, text, sentence } of answer.findings)
    lines.push(`  ${rule} ${part}${text === '' ? '' : ` “${text}”`}: ${sentence}`)
  for (const { address, route, because } of answer.recipients)
    lines.push(`  to ${address}: ${route ?? 'no route'}. ${because}`)
  return lines.join('\n')
}

async function readMail(file: string): Promise<Buffer> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new UsageError(`The file ${file} does not exist.`)
    throw error
  })
  if (!found.isFile()) throw new UsageError(`${file} is not a file.`)
  if (found.size > largestFile) return Buffer.alloc(largestFile)
  return readFile(file)
}

async function readFacts(io: Io, file: string): Promise<PartialDisclosure> {
  const { disclosureSchema, partySchema } = await import('../../protocols/index.ts')
  let input: unknown
  try {
    input = JSON.parse(await io.read(file))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${file} is not JSON.`)
  }
  const partial = disclosureSchema
    .extend({ from: partySchema.partial(), to: partySchema.partial().array() })
    .partial()
    .strict()
    .safeParse(input)
  if (!partial.success) {
    const issue = partial.error.issues[0]
    throw new UsageError(
      `${file} is not a part of a disclosure: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    )
  }
  return partial.data as PartialDisclosure
}

function dayOf(on: string | undefined): string {
  const day = on ?? new Date().toISOString().slice(0, 10)
  const parsed = /^\d{4}-\d\d-\d\d$/.test(day) ? new Date(day) : new Date(Number.NaN)
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== day)
    throw new UsageError(`--on must be a day written YYYY-MM-DD; “${day}” is none.`)
  return day
}
