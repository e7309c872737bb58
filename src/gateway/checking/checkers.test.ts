import { afterAll, describe, expect, it } from 'vitest'
import { Checkers, TooMuch } from './index.ts'
import { ThreadGone } from './threads.ts'

const head = 'From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n'
const small = Buffer.from(`${head}\r\nJulia Smith was seen on Monday.\r\n`)
const large = Buffer.from(
  `${head}Content-Type: text/html\r\n\r\n${'<p title="Julia Smith">Julia Smith of 4 Mill Lane was seen.</p>\r\n'.repeat(40_000)}`,
)
const check = {
  kind: 'check',
  options: { protocol: 'cumbria-2015', day: '2016-03-01' },
  recipients: ['c@d.example'],
  sender: 'a@b.example',
  from: { party: { kind: 'social-care' }, agencyName: 'B' },
  stated: { facts: {} },
} as const
const open: Checkers[] = []
const threads = (limits: { cpu?: number; heap?: number }, size = 1) => {
  const made = new Checkers({ cpu: 60_000, patience: 60_000, heap: 256, look: 1, ...limits }, size)
  open.push(made)
  return made
}
afterAll(() => Promise.all(open.map((one) => one.close())))

describe('messages are checked in threads of their own', () => {
  it('the answer is the same as without a thread, and the sessions go on meanwhile', async () => {
    const pool = threads({})
    let turns = 0
    const timer = setInterval(() => void turns++, 1)
    const found = await pool.withMessage(large, (held) => held.ask(check))
    clearInterval(timer)
    expect(turns).toBeGreaterThan(3)
    expect(found.answer.action).not.toBe('deliver')
    expect(found.seen.findings.length).toBeGreaterThan(0)
  })

  it('a message that takes more time than a message may costs its thread; the next message has a new one', async () => {
    const pool = threads({ cpu: 0 })
    await expect(pool.withMessage(large, (held) => held.ask(check))).rejects.toBeInstanceOf(TooMuch)
    const calm = threads({ cpu: 60_000 })
    await expect(calm.withMessage(small, async (held) => held.outcome)).resolves.toBe('read')
    // The same pool goes on too: its thread was replaced.
    await expect(pool.withMessage(large, (held) => held.ask(check))).rejects.toBeInstanceOf(TooMuch)
  })

  it('a message that takes more memory than a message may is refused or held, never let through, and the pool goes on', async () => {
    const pool = threads({ heap: 96 })
    // Half a million addresses are read before anything is asked of them.
    const many = Buffer.from(`${head}\r\n${'> On Monday Julia Smith <j@s.example> wrote:\r\n'.repeat(700_000)}`)
    const outcome = await pool
      .withMessage(many, (held) => held.ask(check))
      .then(({ answer }) => answer.action)
      .catch((error) => {
        if (error instanceof TooMuch) return 'refused'
        throw error
      })
    expect(['refused', 'reject', 'hold']).toContain(outcome)
    await expect(pool.withMessage(small, async (held) => held.outcome)).resolves.toBe('read')
  })

  it('several messages that together take all the memory cost their thread; none of them is blamed, and the next is checked by a new one', async () => {
    const pool = threads({ heap: 32 })
    await expect(pool.withMessage(small, async (held) => held.outcome)).resolves.toBe('read')
    const wide = Buffer.from(
      `${head}Content-Type: text/plain; charset=utf-8\r\n\r\n${'\u0142 Julia Smith of 4 Mill Lane was seen.\r\n'.repeat(65_000)}`,
    )
    // Each is kept open until all have been tried, so that one thread must hold 40 texts of 5 MB.
    let tried = 0
    const all = Array.from({ length: 40 }, () =>
      pool
        .withMessage(wide, async (held) => {
          tried++
          await expect.poll(() => tried, { timeout: 60_000 }).toBe(40)
          return held.outcome
        })
        .catch((error: unknown) => {
          tried++
          return error
        }),
    )
    const outcomes = await Promise.all(all)
    const gone = outcomes.filter((one) => one !== 'read')
    expect(gone.length).toBeGreaterThan(0)
    // Told to try again (451), not refused for good.
    for (const one of gone) expect(one).toBeInstanceOf(ThreadGone)
    await expect(pool.withMessage(small, async (held) => (await held.ask(check)).answer.action)).resolves.toBe(
      'convert',
    )
  }, 120_000)

  it('messages that waited behind one that died are asked again elsewhere', async () => {
    const pool = threads({ cpu: 150 }, 2)
    const answers = await Promise.allSettled([
      pool.withMessage(large, (held) => held.ask(check)),
      ...Array.from({ length: 12 }, () =>
        pool.withMessage(small, async (held) => (await held.ask(check)).answer.action),
      ),
    ])
    const others = answers.slice(1)
    expect(others.every((one) => one.status === 'fulfilled')).toBe(true)
  })
})
