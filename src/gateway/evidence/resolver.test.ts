// A resolver is a stranger too: what it says is believed only where it can be.
import { createSocket } from 'node:dgram'
import packet from 'dns-packet'
import { afterAll, describe, expect, it } from 'vitest'
import { mayReach } from './lookout.ts'
import { openResolver, trustsValidation } from './resolver.ts'

describe('a resolver', () => {
  const stops: (() => void)[] = []
  afterAll(() => {
    for (const stop of stops) stop()
  })
  /** A resolver that answers each question by these bytes, in this order. */
  async function answering(answers: (question: packet.DecodedPacket) => readonly Buffer[]): Promise<string> {
    const socket = createSocket('udp4')
    socket.on('message', (bytes, from) => {
      for (const one of answers(packet.decode(bytes))) socket.send(one, from.port, from.address)
    })
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    stops.push(() => socket.close())
    return `127.0.0.1:${socket.address().port}`
  }
  const said = (id: number, name: string, text: string) =>
    packet.encode({
      type: 'response',
      id,
      flags: packet.AUTHENTIC_DATA,
      questions: [{ type: 'TXT', name }],
      answers: [{ type: 'TXT', name, data: text }],
    })

  it('is believed only when it answers the question that was asked', async () => {
    const at = await answering(({ id = 0 }) => [
      Buffer.from('rubbish'),
      said((id + 1) & 0xffff, 'a.test', 'another number'),
      said(id, 'b.test', 'another name'),
      said(id, 'a.test', 'the answer'),
    ])
    expect(await openResolver({ at, patience: 5_000 }).ask('a.test', 'TXT')).toMatchObject({
      kind: 'found',
      records: [{ data: [Buffer.from('the answer')] }],
    })
  })

  it('that sends guesses only, or nothing, has told nothing', async () => {
    const guessing = await answering(({ id = 0 }) => [said(id, 'b.test', 'a guess')])
    const silent = await answering(() => [])
    for (const at of [guessing, silent])
      expect(await openResolver({ at, patience: 200, tries: 2 }).ask('a.test', 'TXT')).toMatchObject({
        kind: 'failed',
        why: expect.stringContaining('no answer in time'),
      })
  })

  it('that answers with a flood of records, or with aliases that go round, has told nothing', async () => {
    const answer = (id: number, answers: object[]) =>
      packet.encode({ type: 'response', id, questions: [{ type: 'TXT', name: 'a.test' }], answers: answers as never })
    const flood = await answering(({ id = 0 }) => [
      answer(
        id,
        Array.from({ length: 600 }, (_, i) => ({ type: 'TXT', name: 'a.test', data: `noise ${i}` })),
      ),
    ])
    const round = await answering(({ id = 0 }) => [
      answer(id, [
        { type: 'CNAME', name: 'a.test', data: 'b.test' },
        { type: 'CNAME', name: 'b.test', data: 'a.test' },
      ]),
    ])
    for (const at of [flood, round])
      expect(await openResolver({ at, tries: 1 }).ask('a.test', 'TXT')).toMatchObject({ kind: 'failed' })
  })

  it('vouches for signatures only from this machine', () => {
    expect(['127.0.0.1', '127.8.8.8', '::1'].map(trustsValidation)).toEqual([true, true, true])
    expect(['192.0.2.1', '8.8.8.8', '::2', '127.evil', '::ffff:8.8.8.8'].map(trustsValidation)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ])
  })
})

describe('addresses of mail servers', () => {
  it('inside a private network are not reached for', () => {
    const inside = [
      '10.1.2.3',
      '127.0.0.1',
      '169.254.169.254',
      '172.31.0.1',
      '192.168.1.1',
      '0.0.0.0',
      '::1',
      'fd00::1',
      'fe80::1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
      '2002:a00:1::1',
      'mx.test',
    ]
    expect(inside.filter(mayReach)).toEqual([])
    expect(['51.140.1.1', '172.32.0.1', '2a00:1450::1'].filter(mayReach)).toHaveLength(3)
  })
})
