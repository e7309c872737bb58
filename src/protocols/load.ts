import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse, YAMLParseError } from 'yaml'
import { type NotAProtocol, type Protocol, readProtocol } from './protocol.ts'

/** The folder of the authorities' protocols, one YAML file each. */
export const PROTOCOLS_FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'protocols')

const loaded = new Map<string, Protocol>()

/** The ids of the protocols in the folder, in alphabetical order. */
export function protocolIds(folder: string = PROTOCOLS_FOLDER): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -5))
    .sort()
}

/** Every protocol in the folder; throws where a file is not one. */
export function listProtocols(): readonly Protocol[] {
  return protocolIds().map((id) => {
    const found = findProtocol(id)
    if (found === undefined) throw new Error(`There is no protocol “${id}”.`)
    return found
  })
}

/**
 * The protocol with this id; undefined when there is none. Read once and kept.
 * Throws an Error that names the place when the file is not a protocol.
 */
export function findProtocol(id: string): Protocol | undefined {
  const known = loaded.get(id)
  if (known !== undefined) return known
  if (!/^[a-z][a-z0-9-]{1,60}$/.test(id)) return undefined
  const path = join(PROTOCOLS_FOLDER, `${id}.yaml`)
  if (!existsSync(path)) return undefined
  const read = readProtocolFile(path)
  if ('error' in read) throw new Error(`protocols/${id}.yaml: ${read.error}`)
  if (read.protocol.id !== id)
    throw new Error(`protocols/${id}.yaml: the id inside is “${read.protocol.id}”. Let the file be named after its id.`)
  loaded.set(id, read.protocol)
  return read.protocol
}

/** The protocol with this id; throws an Error that lists the known ones. */
export function protocolNamed(id: string): Protocol {
  const found = findProtocol(id)
  if (found === undefined) throw new Error(`There is no protocol “${id}”. Known: ${protocolIds().join(', ')}.`)
  return found
}

/** Reads one file from anywhere; what it `extends` is looked for in the folder. Size limit 1 MB. */
export function readProtocolFile(path: string): { protocol: Protocol } | NotAProtocol {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return { error: `cannot read ${path}`, place: '' }
  }
  return readProtocolText(text)
}

export function readProtocolText(text: string): { protocol: Protocol } | NotAProtocol {
  if (text.length > 1_000_000) return { error: 'the file is larger than 1 MB', place: '' }
  try {
    return readProtocol(parse(text, { maxAliasCount: 0 }), findProtocol)
  } catch (fault) {
    if (fault instanceof YAMLParseError || fault instanceof ReferenceError)
      return { error: fault.message.split('\n')[0] ?? 'not YAML', place: '' }
    throw fault
  }
}
