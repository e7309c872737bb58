// Checks one message in a process of its own and prints what it took, above a process that is warm as the gateway's own threads are.
import { readFileSync } from 'node:fs'
import { warmFurther, warmUp } from '../../src/gateway/checking/warm-up.ts'
import { checkMail, readMessage } from '../../src/gateway/index.ts'
import { findProtocol } from '../../src/protocols/index.ts'

const protocol = findProtocol('cumbria-2015')!
const check = (raw: Buffer) => checkMail(readMessage(raw), { protocol, day: '2016-03-01' })
const small = Buffer.from(
  'From: a.b@cumbria.gov.uk\r\nTo: c@d.example\r\nSubject: x\r\n\r\nJulia Smith was seen on Monday at 4 Mill Lane.\r\n',
)
warmUp()
for (const _ of warmFurther());
for (let i = 0; i < 40; i++) check(small)
const before = process.resourceUsage().maxRSS
const raw = readFileSync(process.argv[2]!)
const from = process.cpuUsage()
const answer = check(raw)
const { user, system } = process.cpuUsage(from)
const megabytes = Math.round((process.resourceUsage().maxRSS - before) / 1024)
console.log(
  JSON.stringify({
    bytes: raw.length,
    action: answer.action,
    milliseconds: Math.round((user + system) / 1000),
    megabytes,
  }),
)
