/** MTA-STS (RFC 8461): pure. */
export interface Policy {
  readonly mode: 'enforce' | 'testing' | 'none'
  readonly maxAge: number
  readonly mx: readonly string[]
}

export type Read<T> = { readonly ok: T } | { readonly bad: string }

/** Whether the TXT records at `_mta-sts` announce a policy: exactly one of them does (§3.1). */
export function announcement(texts: readonly string[]): Read<string> {
  const found = texts.filter((text) => /^v=STSv1\s*;/.test(text))
  if (found.length !== 1)
    return { bad: found.length === 0 ? 'no policy is announced.' : 'more than one policy is announced.' }
  const id = /;\s*id=([A-Za-z0-9]{1,32})\s*(?:;|$)/.exec(found[0]!)?.[1]
  return id === undefined ? { bad: 'the announcement has no id.' } : { ok: id }
}

/** The policy as it was fetched (§3.2). Unknown keys are passed over; of keys but `mx` the first counts. */
export function readPolicy(text: string): Read<Policy> {
  const values = new Map<string, string>()
  const mx: string[] = []
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue
    const [, key, value] = /^([A-Za-z0-9][\w.-]{0,31}):[ \t]*(.*?)[ \t]*$/.exec(line) ?? []
    if (key === undefined || value === undefined) return { bad: 'the policy cannot be read.' }
    if (key === 'mx') mx.push(value.toLowerCase())
    else if (!values.has(key)) values.set(key, value)
  }
  if (values.get('version') !== 'STSv1') return { bad: 'the policy is of no version that is known.' }
  const mode = values.get('mode')
  if (mode !== 'enforce' && mode !== 'testing' && mode !== 'none') return { bad: 'the policy has no mode.' }
  const age = values.get('max_age') ?? ''
  if (!/^\d{1,10}$/.test(age) || Number(age) > 31_557_600) return { bad: 'the policy does not say how long it counts.' }
  if (mode !== 'none' && mx.length === 0) return { bad: 'the policy names no mail server.' }
  return { ok: { mode, maxAge: Number(age), mx } }
}

/** `*.example` covers one label and no more (§4.1). */
export const covers = (pattern: string, host: string): boolean =>
  pattern.startsWith('*.')
    ? host.includes('.') && host.slice(host.indexOf('.') + 1) === pattern.slice(2)
    : host === pattern

/** Whether a policy in force covers every mail server of the domain. */
export function policyHolds({ mode, mx, maxAge }: Policy, hosts: readonly string[]): Read<true> {
  if (mode !== 'enforce') return { bad: `the policy is in mode "${mode}", which stops nothing.` }
  if (maxAge < 86_400) return { bad: 'the policy counts for less than a day.' }
  const outside = hosts.find((host) => !mx.some((pattern) => covers(pattern, host)))
  return outside === undefined ? { ok: true } : { bad: `the policy does not name the mail server ${outside}.` }
}
