/** Questions to one DNS resolver, with what `node:dns` does not tell: TLSA records, and whether the resolver validated the answer. */
import { createSocket } from 'node:dgram'
import { createConnection, isIP } from 'node:net'
import packet, { type DecodedPacket, type Answer as DnsRecord } from 'dns-packet'
import { randomOctets } from '../../platform/index.ts'

export type RecordType = 'A' | 'AAAA' | 'CNAME' | 'MX' | 'TXT' | 'TLSA' | 'SOA'

/** `absent` is a proved or plain "there is none"; `failed` says that nothing was learnt, which is never read as a proof. */
export type Told =
  | { readonly kind: 'found'; readonly records: readonly DnsRecord[]; readonly validated: boolean }
  | { readonly kind: 'absent'; readonly validated: boolean }
  | { readonly kind: 'failed'; readonly why: string }

export interface Resolver {
  ask(name: string, type: RecordType): Promise<Told>
}

export interface ResolverOptions {
  /** Address and port of the resolver: `127.0.0.1:53` or `[::1]:53`. */
  readonly at: string
  /** Milliseconds for one try; 3 000 unless said. */
  readonly patience?: number
  /** Tries by UDP; 3 unless said. */
  readonly tries?: number
}

const largestUdp = 1232
const mostRecords = 500
const mostLinks = 8

/**
 * A resolver's word that an answer was validated (AD) counts only where nobody can stand between: on this machine (RFC 7672 §2.1.1, RFC 4035 §4.9.3).
 */
export const trustsValidation = (host: string): boolean =>
  host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

export function openResolver({ at, patience = 3_000, tries = 3 }: ResolverOptions): Resolver {
  const { host, port } = placeOf(at)
  const trusted = trustsValidation(host)
  return {
    async ask(name, type) {
      const wanted = { name: name.toLowerCase().replace(/(?<=.)\.$/, ''), type }
      let why = 'no answer'
      for (let turn = 0; turn < tries; turn++) {
        const question = questionFor(wanted)
        const short = await overUdp(host, port, question, patience)
        const answer = short === 'cut' ? await overTcp(host, port, question, patience) : short
        if (answer === 'cut' || answer === undefined) continue
        if (typeof answer === 'string') {
          why = answer
          continue
        }
        const told = read(answer, wanted, trusted)
        if (told.kind !== 'failed') return told
        why = told.why
      }
      return { kind: 'failed', why: `The resolver gave no usable answer for ${type} of ${wanted.name}: ${why}.` }
    },
  }
}

export function placeOf(at: string): { host: string; port: number } {
  const found = /^(?:\[([0-9a-f:.]+)\]|([^:]+))(?::(\d{1,5}))?$/i.exec(at)
  return { host: found?.[1] ?? found?.[2] ?? at, port: Number(found?.[3] ?? 53) }
}

interface Question {
  readonly id: number
  readonly name: string
  readonly type: RecordType
  readonly bytes: Buffer
}

// A fresh unguessable number and, by a fresh socket, a fresh port for every try: who answers blindly must guess both (RFC 5452).
function questionFor({ name, type }: { name: string; type: RecordType }): Question {
  const id = randomOctets(2).readUInt16BE()
  const bytes = packet.encode({
    type: 'query',
    id,
    flags: packet.RECURSION_DESIRED | packet.AUTHENTIC_DATA,
    questions: [{ type, name, class: 'IN' } as never],
    additionals: [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize: largestUdp,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: packet.DNSSEC_OK,
        flag_do: true,
        options: [],
      },
    ],
  })
  return { id, name, type, bytes }
}

type Answered = DecodedPacket | 'cut' | string | undefined

function overUdp(host: string, port: number, question: Question, patience: number): Promise<Answered> {
  return new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    const end = (answer: Answered) => {
      clearTimeout(timer)
      socket.close()
      resolve(answer)
    }
    const timer = setTimeout(() => end('no answer in time'), patience)
    socket.on('error', () => end('it cannot be reached'))
    // Connected: the system drops what comes from anywhere else.
    socket.connect(port, host, () => socket.send(question.bytes, () => {}))
    socket.on('message', (bytes) => {
      const answer = decode(bytes, question)
      // What does not fit the question is somebody's guess, and the wait goes on for the true answer.
      if (answer !== undefined) end(answer.flag_tc ? 'cut' : answer)
    })
  })
}

function overTcp(host: string, port: number, question: Question, patience: number): Promise<Answered> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port })
    let pending = Buffer.alloc(0)
    const end = (answer: Answered) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(answer)
    }
    const timer = setTimeout(() => end('no answer in time'), patience)
    socket.on('error', () => end('it cannot be reached by TCP'))
    socket.on('end', () => end('the answer broke off'))
    socket.on('connect', () => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(question.bytes.length)
      socket.write(Buffer.concat([length, question.bytes]))
    })
    socket.on('data', (piece) => {
      pending = Buffer.concat([pending, piece])
      if (pending.length < 2 || pending.length < 2 + pending.readUInt16BE()) return
      end(decode(pending.subarray(2, 2 + pending.readUInt16BE()), question) ?? 'the answer does not fit the question')
    })
  })
}

function decode(bytes: Buffer, { id, name, type }: Question): DecodedPacket | undefined {
  try {
    const answer = packet.decode(bytes)
    const [asked] = answer.questions ?? []
    const fits = answer.type === 'response' && answer.id === id && answer.questions?.length === 1
    return fits && asked?.type === type && asked.name.toLowerCase() === name ? answer : undefined
  } catch {
    return undefined
  }
}

function read(answer: DecodedPacket, { name, type }: { name: string; type: RecordType }, trusted: boolean): Told {
  const rcode = (answer as DecodedPacket & { rcode?: string }).rcode ?? ''
  const validated = trusted && answer.flag_ad
  if (rcode === 'NXDOMAIN') return { kind: 'absent', validated }
  if (rcode !== 'NOERROR') return { kind: 'failed', why: rcode }
  const answers = answer.answers ?? []
  if (answers.length > mostRecords) return { kind: 'failed', why: `more than ${mostRecords} records` }
  const owner = followed(answers, name)
  if (owner === undefined) return { kind: 'failed', why: 'its aliases go round' }
  const records = answers.filter((one) => one.type === type && one.name.toLowerCase() === owner)
  return records.length === 0 ? { kind: 'absent', validated } : { kind: 'found', records, validated }
}

/** The name at the end of the aliases. */
function followed(answers: readonly DnsRecord[], name: string): string | undefined {
  let owner = name
  for (let link = 0; link <= mostLinks; link++) {
    const alias = answers.find((one) => one.type === 'CNAME' && one.name.toLowerCase() === owner)
    if (alias === undefined) return owner
    owner = String((alias as { data: unknown }).data).toLowerCase()
  }
  return undefined
}
