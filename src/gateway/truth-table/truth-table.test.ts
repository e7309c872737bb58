import { describe, expect, it } from 'vitest'
import { findProtocol } from '../../protocols/index.ts'
import { checkMail } from '../facts/index.ts'
import { readMessage } from '../reading/index.ts'
import { type Mix, messageOf, mixes } from './messages.cases.ts'
import { expected } from './oracle.cases.ts'

const day = {
  'cumbria-2015': '2016-03-01',
  'bexley-2015': '2015-09-01',
  'bournemouth-2016': '2016-10-01',
  'mps-2008': '2008-09-01',
}
const all = mixes()

describe('every message of the truth table', () => {
  it('is one of at least three thousand', () => expect(all.length).toBeGreaterThan(3000))
  for (const protocol of Object.keys(day) as Mix['protocol'][])
    it(`under ${protocol} has the answer that its source document gives (CUM-10..35, CUM-48..51, BEX-38..44, BOU-3, BOU-4, MPS-1)`, () => {
      const wrong: string[] = []
      for (const mix of all.filter((one) => one.protocol === protocol)) {
        const answer = checkMail(readMessage(messageOf(mix)), { protocol: findProtocol(protocol)!, day: day[protocol] })
        const { action, cites } = expected(mix)
        if (answer.action !== action || (cites !== undefined && !answer.findings.some((one) => one.rule === cites)))
          wrong.push(
            `${mix.sender} > ${mix.recipient} · ${mix.subject} · ${mix.body} · ${mix.attachment} · ${mix.thread}: expected ${action} ${cites ?? ''}, got ${answer.action} (${[...new Set(answer.findings.map((one) => one.rule))].join(' ')})`,
          )
      }
      expect(wrong).toEqual([])
    })
})
