import { type Message, serialise } from '../reading/index.ts'

/** The message with its addresses as they are now: nobody is named in it who does not get it. */
export function readdressed(message: Message, before: ReadonlySet<string>, after: readonly string[]): Buffer {
  const { envelope } = message
  const gone = new Set([...before].map((one) => one.toLowerCase()))
  const wanted = new Map(after.map((one) => [one.toLowerCase(), one]))
  const kept = (list: readonly { name: string; address: string }[]) =>
    list.filter(({ address }) => !gone.has(address.toLowerCase()) || wanted.has(address.toLowerCase()))
  const named = new Set([...envelope.to, ...envelope.cc].map((one) => one.address.toLowerCase()))
  // Those who were blind copies stay unnamed.
  const added = after.filter((one) => !named.has(one.toLowerCase()) && !gone.has(one.toLowerCase()))
  const to = [...kept(envelope.to), ...added.map((address) => ({ name: '', address }))]
  const cc = kept(envelope.cc)
  const fields = message.root.fields.some((field) => field.key === 'cc')
  return serialise(message, {
    set: { To: written(to), ...(fields ? { Cc: written(cc) } : {}) },
  })
}

const written = (list: readonly { name: string; address: string }[]): string =>
  list.length === 0
    ? 'undisclosed-recipients:;'
    : list.map(({ name, address }) => (/^[A-Za-z0-9 .'-]+$/.test(name) ? `"${name}" <${address}>` : address)).join(', ')
