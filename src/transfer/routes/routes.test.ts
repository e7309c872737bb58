import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { actIn, system } from '../../platform/index.ts'
import { ROUTES } from '../../protocols/index.ts'
import { testHouse } from '../../testing/test-house.ts'
import { brenda, colleague, consignmentBy, head } from '../consignment.fixture.ts'
import type { Consignment, Dispatch } from '../consignment.ts'
import { dispatch } from '../dispatch.ts'
import { drawSheet } from '../draw-sheet.ts'
import { chase } from '../jobs/chase.ts'
import { deliverJob } from '../jobs/deliver.ts'
import { resume } from '../jobs/resume.ts'
import { tell } from '../jobs/tell.ts'
import { sevenZip } from '../packing/packing.fixture.ts'
import { recordStep, stepsFrom } from '../record-step.ts'
import { openSink } from '../sink.fixture.ts'
import { findDispatch, stepsOf } from '../store/dispatches.ts'
import { findPassword } from '../store/passwords.ts'
import { tasksOf } from '../store/tasks.ts'
import { routes } from './index.ts'
import type { TransferRoute } from './route.ts'

const sink = await openSink()
const { house, runJobs, clock } = await testHouse({
  jobs: [deliverJob, tell, resume, chase],
  relay: { url: sink.url, ca: sink.ca },
})
const folder = await mkdtemp(join(tmpdir(), 'safehaven-routes-'))
afterAll(async () => {
  await sink.stop()
  await rm(folder, { recursive: true, force: true })
})

const asSystem = <T>(work: Parameters<typeof actIn<T>>[2]) => actIn(house, { actor: system, act: 'test' }, work)
const asBrenda = <T>(work: Parameters<typeof actIn<T>>[2]) => actIn(house, { actor: brenda, act: 'test' }, work)

async function keepDocument(content: string) {
  const kept = await asSystem((ctx) => ctx.blobs.keep(ctx.tx, Buffer.from(content)))
  return { blobId: kept.id, name: 'Robin Smith.txt', type: 'text/plain', size: kept.size }
}

async function send(consignment: Consignment): Promise<Dispatch> {
  const [made] = await asSystem((ctx) => dispatch(ctx, consignment))
  expect(await runJobs()).toEqual([])
  return (await asBrenda((ctx) => findDispatch(ctx.tx, made!.id)))!
}

const answersFor = (route: TransferRoute, stepId: string) =>
  Object.fromEntries(
    route.steps
      .find((step) => step.id === stepId)!
      .fields.map((field) => [
        field.name,
        field.kind === 'tick' ? true : field.kind === 'amount' ? '4.35' : 'as agreed',
      ]),
  )

describe('the routes', () => {
  it('are those of the contract, each in one file', async () => {
    expect(routes.map((route) => route.id).sort()).toEqual([...ROUTES].sort())
    const files = await readdir(new URL('.', import.meta.url))
    for (const { id } of routes) expect(files).toContain(`${id}.ts`)
  })
})

describe.each(routes)('$label', (route) => {
  const document = () => keepDocument('Minutes of the meeting. '.repeat(1000))

  it('is carried once, and its custody chain begins', async () => {
    sink.received.length = 0
    const consignment = consignmentBy(route.id, { documents: [await document()] })
    const found = await send(consignment)
    expect(found.state).toBe(route.carrier === 'person' ? 'prepared' : route.id === 'register' ? 'arrived' : 'sent')
    const again = await asSystem((ctx) => dispatch(ctx, consignment))
    expect(again.map((one) => one.id)).toEqual([found.id])
    await asSystem((ctx) => ctx.tx.enqueue(deliverJob, { dispatch: found.id, attempt: 1 }))
    await runJobs()
    expect(sink.received.length).toBeLessThanOrEqual(1)
    const steps = await asBrenda((ctx) => stepsOf(ctx.tx, found.id))
    const mailed = route.carrier === 'person' ? ['prepared'] : ['prepared', 'sending', 'sent']
    expect(steps.map((step) => step.what)).toEqual(mailed)
  })

  it('turns every obligation of the decision into a task with an owner and a due time', async () => {
    const consignment = consignmentBy(route.id)
    const found = await send(consignment)
    const tasks = await asBrenda((ctx) => tasksOf(ctx.tx, consignment.id, found.id))
    for (const owed of consignment.decision.obligations) {
      const task = tasks.find((one) => one.kind === owed.id)
      expect(task, owed.id).toBeDefined()
      expect(task!.ownerUser).toBe(brenda.id)
      expect(task!.due).toBeInstanceOf(Date)
      expect(task!.doneAt !== null, owed.id).toBe(
        route.fulfils.includes(owed.id) ||
          task!.note === 'Confirmed when it was released.' ||
          (owed.id === 'include-identifier' && task!.note === 'None was recorded, so none went with it.'),
      )
    }
    const followUp = tasks.find((task) => task.kind === 'written-follow-up')!
    expect(followUp.due.getTime() - found.createdAt.getTime()).toBe(48 * 3_600_000)
  })

  it('refuses, with a sentence, a recipient whom it cannot reach', () => {
    if (route.id === 'register') return
    const nobody = { kind: 'school' as const }
    expect(route.unable(consignmentBy(route.id, { party: nobody }), nobody)).toMatch(/\.$/)
    expect(route.unable(consignmentBy(route.id), head)).toBeUndefined()
  })

  it('lets a person confirm each step once, and says so to the second', async () => {
    const found = await send(consignmentBy(route.id))
    let current = found
    for (let turn = 0; turn < 6; turn++) {
      const step = stepsFrom(current).find((one) => one.to !== 'failed' && one.to !== 'prepared')
      if (!step) break
      const answers = answersFor(route, step.id)
      const [first, second] = await Promise.all([
        actIn(house, { actor: brenda, act: 'test' }, (ctx) => recordStep(ctx, found.id, step.id, answers)),
        actIn(house, { actor: colleague, act: 'test' }, (ctx) => recordStep(ctx, found.id, step.id, answers)),
      ])
      expect([first.kind, second.kind].sort()).toEqual(['not-now', 'recorded'])
      current = (await asBrenda((ctx) => findDispatch(ctx.tx, found.id)))!
      expect(current.state).toBe(step.to)
    }
    expect(current.state).toBe('acted-on')
    const open = (await asBrenda((ctx) => tasksOf(ctx.tx, found.disclosure, found.id))).filter(
      (task) => task.doneAt === null && task.dispatch === found.id,
    )
    const settled = new Set(route.steps.flatMap((step) => step.settles))
    expect(open.filter((task) => settled.has(task.kind as never)).map((task) => task.kind)).toEqual([])
  })

  it('asks for what it must know at each step', () => {
    for (const step of route.steps) {
      for (const field of step.fields) {
        if (field.kind !== 'amount') expect(field.missing, `${step.id} ${field.name}`).toMatch(/^(Enter|Confirm) /)
      }
    }
  })

  it('draws its sheets', async () => {
    const consignment = consignmentBy(route.id)
    const found = await send(consignment)
    for (const kind of route.sheets) {
      const pdf = await drawSheet(kind, consignment, found, clock.now())
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    }
  })

  it('tells the sender at once when it fails and no other route is open', async () => {
    if (route.id === 'register') return
    const consignment = consignmentBy(route.id)
    const found = await send(consignment)
    const step = stepsFrom(found).find((one) => one.to === 'failed')
    if (!step) throw new Error(`${route.id} cannot fail`)
    sink.received.length = 0
    await asBrenda((ctx) => recordStep(ctx, found.id, step.id, answersFor(route, step.id)))
    await runJobs()
    const tasks = await asBrenda((ctx) => tasksOf(ctx.tx, consignment.id, found.id))
    expect(tasks.filter((task) => task.kind === 'choose-route' && task.doneAt === null)).toHaveLength(1)
    expect(sink.received.map((mail) => mail.to)).toEqual([['b.hill@langley.example']])
    const told = sink.received[0]!.raw.toString()
    expect(told).toContain(found.reference)
    expect(told).not.toMatch(/Robin|Hart/)
  })
})

describe('what the routes put into the mail', () => {
  const sent = async (route: 'secure-email' | 'internal-email' | 'encrypted-attachment' | 'email') => {
    sink.received.length = 0
    const document = await keepDocument('Minutes. '.repeat(1000))
    const found = await send(consignmentBy(route, { documents: [document] }))
    expect(sink.received).toHaveLength(1)
    return { found, mail: sink.received[0]!, text: sink.received[0]!.raw.toString('latin1') }
  }

  it.each(['secure-email', 'internal-email', 'encrypted-attachment', 'email'] as const)(
    'CUM-19 CUM-20 CUM-51: %s goes over TLS to one person, marked in its subject, which names nobody',
    async (route) => {
      const { mail, text, found } = await sent(route)
      expect(mail.secure).toBe(true)
      expect(mail.to).toEqual(['a.hart@stjohns.example'])
      expect(text).toMatch(new RegExp(`^Subject: CONFIDENTIAL: reference ${found.reference}\\r?$`, 'm'))
      expect(text).toMatch(/^Sensitivity: Company-Confidential/im)
    },
  )

  it('CUM-21 CUM-22: the body says that it must be deleted after use, and carries the disclaimer', async () => {
    const { text } = await sent('secure-email')
    const plain = text.replace(/=\r\n/g, '').replace(/\r\n/g, ' ')
    expect(plain).toContain('This information must be deleted after use.')
    expect(plain).toContain('This message is confidential and meant only for the person it is addressed to.')
  })

  it('CUM-25 CUM-26: internal mail names nobody in its body, and warns of its attachment word for word', async () => {
    const { text } = await sent('internal-email')
    const plain = text.replace(/=\r\n/g, '').replace(/\r\n/g, ' ')
    expect(plain).not.toContain('Robin')
    expect(plain).toContain(
      'This email has an attachment which contains personal information. If you are not the intended recipient you should not open the attachment. You should permanently delete the email and attachment and contact the sender.',
    )
    expect(text).toContain('document-1.pdf')
    expect(text).toContain('document-2.txt')
  })

  it('CUM-30 CUM-48 CUM-55: the archive opens in 7-Zip with a password that is nowhere in the mail', async () => {
    const { found, mail, text } = await sent('encrypted-attachment')
    const password = (await asBrenda((ctx) => findPassword(ctx, found)))!
    expect(password.length).toBeGreaterThan(20)
    expect(text).not.toContain(password)
    expect(text).not.toMatch(/Robin/)
    expect(text).toMatch(/filename="?\d{8}\.zip"?/)
    const base64 = /Content-Type: application\/zip[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(text)![1]!
    const archive = join(folder, '1.zip')
    await writeFile(archive, Buffer.from(base64, 'base64'))
    expect(mail.raw.includes('Robin Smith')).toBe(false)
    await sevenZip('x', `-p${password}`, `-o${join(folder, 'out')}`, archive)
    await sevenZip('x', `-o${join(folder, 'in')}`, join(folder, 'out', 'document-1.zip'))
    expect((await readdir(join(folder, 'in'))).sort()).toEqual(['Robin Smith.txt', 'letter.pdf'])
  })
})
