/** A thread's first messages are its slowest, by a factor of thirty: it reads some of its own before it takes anybody's. */
import { protocolIds, protocolNamed } from '../../protocols/index.ts'
import { checkMail } from '../facts/index.ts'
import { readMessage, serialise } from '../reading/index.ts'

const sample = Buffer.from(
  'From: a.b@warm.example\r\nTo: Ed Roe <c@d.example>\r\nSubject: Re: Visit\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Dear Ed,<br>Julia Smith, born 3 April 2012, was seen on Monday at 4 Mill Lane.</p>\r\n--b\r\nContent-Type: text/plain; name=20120910.txt\r\n\r\nThe agenda follows on Tuesday.\r\n--b--\r\n',
)

export function warmUp(): void {
  const protocols = protocolIds().map(protocolNamed)
  for (let turn = 0; turn < 30; turn++) {
    const reading = readMessage(sample)
    checkMail(reading, { protocol: protocols[turn % protocols.length]!, day: '2016-03-01' })
    if (reading.outcome === 'read') serialise(reading.message, {})
  }
}
