import { decide } from './decide.ts'
import { type Decision, type Disclosure, readDisclosure } from './disclosure.ts'
import { imagined } from './imagine.ts'
import type { Example } from './language.ts'
import type { Protocol, Rule } from './protocol.ts'

/** Something in a protocol that its authors should look at. Errors stop it from being used; warnings do not. */
export interface Finding {
  readonly severity: 'error' | 'warning'
  readonly place: string
  readonly text: string
}

/** How many imagined disclosures each rule is given to show that it can be reached. */
const TRIES = 400

/** Runs the worked examples, and looks for rules that nothing reaches and rules that contradict each other. */
export function checkProtocol(protocol: Protocol): readonly Finding[] {
  return [...checkExamples(protocol), ...checkRules(protocol)]
}

function checkExamples(protocol: Protocol): Finding[] {
  const found: Finding[] = protocol.examples.flatMap((example) =>
    exampleFailures(example, protocol).map((text) => ({
      severity: 'error' as const,
      place: `example “${example.id}”`,
      text,
    })),
  )
  if (protocol.examples.length === 0)
    found.push({
      severity: 'warning',
      place: 'examples',
      text: 'There is no worked example. Write at least one, so that others see what you mean.',
    })
  return found
}

/** What a worked example expected and did not get, in sentences; empty when it holds. */
export function exampleFailures(example: Example, protocol: Protocol): string[] {
  const read = readDisclosure(example.disclosure)
  if ('error' in read) return [read.error]
  const got = decide(read.disclosure, protocol, example.on ?? protocol.inForce.from)
  const { expect } = example
  const failures: string[] = []
  for (const what of ['outcome', 'level', 'route'] as const)
    if (expect[what] !== undefined && got[what] !== expect[what])
      failures.push(`${what} is ${got[what] ?? 'none'}, expected ${expect[what]}`)
  const lists: Record<string, readonly string[]> = {
    items: got.items,
    alternatives: got.alternatives,
    withheld: got.withheld.map((one) => one.item),
    closed: got.closed.map((one) => one.route),
    needs: got.needs.map((one) => one.id),
    obligations: got.obligations.map((one) => one.id),
    cites: citedIn(got),
  }
  for (const [what, list] of Object.entries(lists))
    for (const wanted of (expect[what as keyof typeof expect] as readonly string[] | undefined) ?? [])
      if (!list.includes(wanted))
        failures.push(`${what} lacks ${wanted}; there is ${list.length === 0 ? 'nothing' : list.join(', ')}`)
  return failures
}

/** Every rule and law that a decision cites. */
export function citedIn(decision: Decision): readonly string[] {
  const cites = [
    ...decision.reasons,
    ...decision.needs,
    ...decision.obligations,
    ...decision.closed.map((one) => one.because),
    ...decision.withheld.map((one) => one.because),
  ].flatMap((one) => one.cites)
  return [...new Set(cites)]
}

interface Reached {
  count: number
  readonly opened: Set<string>
}

function checkRules(protocol: Protocol): Finding[] {
  const findings: Finding[] = []
  for (const [index, rule] of protocol.rules.entries()) {
    const place = `rule ${index + 1} (${rule.cites.join(', ')})`
    const reached = reach(rule, protocol)
    if (reached.count === 0) {
      findings.push({
        severity: 'error',
        place,
        text: `Nothing reaches “${rule.says}”: what it asks for under when and unless cannot hold together.`,
      })
      continue
    }
    for (const route of rule.opens)
      if (!reached.opened.has(route))
        findings.push({
          severity: 'error',
          place,
          text: `It opens ${route}, but other rules close ${route} whenever it does: ${closers(protocol, route)}. One of them is wrong.`,
        })
  }
  return findings
}

function closers(protocol: Protocol, route: string): string {
  return [
    ...new Set(protocol.rules.filter((rule) => rule.closes.includes(route as never)).flatMap((rule) => rule.cites)),
  ].join(', ')
}

function reach(rule: Rule, protocol: Protocol): Reached {
  const reached: Reached = { count: 0, opened: new Set() }
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { disclosure, day } = imagined(rule.text, protocol, attempt)
    const decision = decide(disclosure, protocol, day)
    if (!decision.reasons.some((reason) => reason.text === rule.says && reason.cites === rule.cites)) continue
    reached.count += 1
    for (const route of openIn(decision)) reached.opened.add(route)
    if (rule.opens.every((route) => reached.opened.has(route)) && reached.count >= 1) return reached
  }
  return reached
}

function openIn(decision: Decision): readonly string[] {
  return [...decision.alternatives, ...(decision.route === undefined ? [] : [decision.route])]
}

export type { Disclosure }
