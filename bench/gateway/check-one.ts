// Checks one of the worst messages in a process of its own and prints what it took, above a process that has checked small ones.
import { checkMail, readMessage } from '../../src/gateway/index.ts'
import { findProtocol } from '../../src/protocols/index.ts'
import { worstMessages } from './worst-messages.ts'

const protocol = findProtocol('cumbria-2015')!
const check = (raw: Buffer) => checkMail(readMessage(raw), { protocol, day: '2016-03-01' })
for (let i = 0; i < 40; i++)
  check(
    Buffer.from(
      'From: a.b@cumbria.gov.uk\r\nTo: c@d.example\r\nSubject: x\r\n\r\nJulia Smith was seen on Monday at 4 Mill Lane.\r\n'.repeat(
        1,
      ),
    ),
  )
const raw = worstMessages[process.argv[2]!]!()
;(globalThis as { gc?: () => void }).gc?.()
const before = process.memoryUsage().rss
let most = before
const from = process.cpuUsage()
const answer = check(raw)
const { user, system } = process.cpuUsage(from)
most = Math.max(most, process.memoryUsage().rss)
console.log(
  JSON.stringify({
    bytes: raw.length,
    action: answer.action,
    milliseconds: Math.round((user + system) / 1000),
    megabytes: Math.round((most - before) / 1e6),
  }),
)
