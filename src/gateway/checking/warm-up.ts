/** A thread's first messages are its slowest, by a factor of thirty: it reads some of its own before it takes anybody's. */
import { protocolIds, protocolNamed } from '../../protocols/index.ts'
import { checkMail } from '../facts/index.ts'
import { readMessage, serialise } from '../reading/index.ts'

const words = [
  'Dear Ed,',
  'Julia Smith, born 3 April 2012, NHS number 943 476 5919, was seen on Monday at 4 Mill Lane, Carlisle CA3 8NA.',
  'Thank you for coming on Tuesday; the papers follow by the end of the week, 01228 555 012 or a.b@warm.example.',
  'The room is booked again for the same hour, and her mother, Mrs Anna Smith, has been asked. She is 36 years old.',
  'Please bring the notes of the last meeting and the list of what was left open, so that we can go through it.',
]
const long = Array.from({ length: 60 }, (_, at) => words[at % words.length]!)

const message = (body: string) =>
  Buffer.from(
    `From: a.b@warm.example\r\nTo: Ed Roe <c@d.example>\r\nSubject: Re: Visit\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${body}\r\n--b\r\nContent-Type: text/plain; name=20120910.txt\r\n\r\nThe agenda follows on Tuesday.\r\n--b--\r\n`,
  )
const samples = [
  message(`Content-Type: text/html\r\n\r\n<p>${words.join('<br>')}</p>`),
  message(`Content-Type: text/plain\r\n\r\n${words.join('\r\n')}`),
]
const longSamples = [
  message(`Content-Type: text/html\r\n\r\n<p title="x">${long.join('</p>\r\n<p title="y">')}</p>`),
  message(`Content-Type: text/plain\r\n\r\n${long.join('\r\n')}`),
]

const first = 30
const further = 30

/** What is done before anybody's message. */
export function warmUp(): void {
  for (let turn = 0; turn < first; turn++) check(samples[turn % samples.length]!, turn)
}

/** Reads longer ones, one at each step, so that a message that comes meanwhile waits for one of them at most. */
export function* warmFurther(): Generator<void> {
  for (let turn = 0; turn < further; turn++) {
    check(longSamples[turn % longSamples.length]!, turn)
    yield
  }
}

function check(sample: Buffer, turn: number): void {
  const protocols = protocolIds().map(protocolNamed)
  const reading = readMessage(sample)
  checkMail(reading, { protocol: protocols[turn % protocols.length]!, day: '2016-03-01' })
  if (reading.outcome === 'read') serialise(reading.message, {})
}
