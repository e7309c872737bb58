/** The messages of the truth table: every mix of sender, recipient, subject, body, attachment and thread. Built as bytes, as a mail program would send them. */
import { makeZip } from '../contents/zip.cases.ts'

export const recipients = [
  'internal',
  'secure',
  'secure-health',
  'ordinary',
  'webmail',
  'generic',
  'look-alike',
  'list',
  'internal-and-ordinary',
] as const
export const subjects = ['neutral', 'marked', 'name'] as const
export const bodies = ['harmless', 'personal', 'initials'] as const
export const attachments = ['none', 'personal', 'telling-name', 'sealed', 'sealed-telling', 'weak', 'mixed'] as const
export const threads = ['none', 'harmless', 'personal'] as const

export interface Mix {
  readonly protocol: 'cumbria-2015' | 'bexley-2015' | 'bournemouth-2016' | 'mps-2008'
  readonly sender: 'secure' | 'ordinary' | 'webmail'
  readonly recipient: (typeof recipients)[number]
  readonly subject: (typeof subjects)[number]
  readonly body: (typeof bodies)[number]
  readonly attachment: (typeof attachments)[number]
  readonly thread: (typeof threads)[number]
}

const senders: Record<Mix['protocol'], Record<string, string>> = {
  'cumbria-2015': { ordinary: 'b.hill@cumbria.gov.uk', webmail: 'b.hill@gmail.com' },
  'bexley-2015': { ordinary: 'b.hill@bexley.gov.uk', secure: 'b.hill@bexley.gcsx.gov.uk' },
  'bournemouth-2016': { ordinary: 'b.hill@bournemouth.gov.uk' },
  'mps-2008': { secure: 'b.hill@met.pnn.police.uk' },
}

export function mixes(): Mix[] {
  const all: Mix[] = []
  for (const protocol of Object.keys(senders) as Mix['protocol'][])
    for (const sender of Object.keys(senders[protocol]) as Mix['sender'][])
      for (const recipient of recipients)
        for (const subject of subjects)
          for (const body of bodies)
            for (const attachment of attachments)
              for (const thread of threads) {
                // The webmail sender is refused whatever is sent: some of those mixes are enough.
                if (sender === 'webmail' && (thread !== 'none' || subject === 'marked')) continue
                all.push({ protocol, sender, recipient, subject, body, attachment, thread })
              }
  return all
}

function addresses(mix: Mix): string {
  const domain = senders[mix.protocol][mix.sender]!.split('@')[1]!
  const ordinary = 'Ed Roe <ed.roe@lakes.example.org>'
  switch (mix.recipient) {
    case 'internal':
      return `Ann Lee <ann.lee@${domain}>`
    case 'secure':
      return 'Ann Lee <ann.lee@merton.cjsm.net>'
    case 'secure-health':
      return 'Ann Lee <ann.lee@nhs.net>'
    case 'ordinary':
      return ordinary
    case 'webmail':
      return 'Al Moss <al.moss@yahoo.co.uk>'
    case 'generic':
      return 'info@lakes.example.org'
    case 'look-alike':
      return 'Ann Lee <ann.lee@mertοn.cjsm.net>'
    case 'list':
      return 'all-staff@lakes.example.org'
    case 'internal-and-ordinary':
      return `Ann Lee <ann.lee@${domain}>, ${ordinary}`
  }
}

const about = 'Julia Smith, born 3 April 2012, NHS number 943 476 5919, was seen at home.'
const files: Record<Mix['attachment'], { name: string; bytes: Buffer } | undefined> = {
  none: undefined,
  personal: { name: '20120910.txt', bytes: Buffer.from(`Minutes\r\n\r\n${about}\r\n`) },
  'telling-name': { name: 'Julia Smith.txt', bytes: Buffer.from('The minutes follow next week.\r\n') },
  sealed: { name: '20120910.zip', bytes: makeZip([{ name: '1.doc', lock: 'aes-256', content: Buffer.alloc(900) }]) },
  'sealed-telling': {
    name: 'Julia.Smith.zip',
    bytes: makeZip([{ name: '1.doc', lock: 'aes-256', content: Buffer.alloc(900) }]),
  },
  weak: { name: '20120910.zip', bytes: makeZip([{ name: '1.doc', lock: 'crypto', content: Buffer.alloc(900) }]) },
  mixed: {
    name: '20120910.zip',
    bytes: makeZip([
      { name: '1.doc', lock: 'aes-256', content: Buffer.alloc(900) },
      { name: '2.txt', content: Buffer.from('The agenda follows.') },
    ]),
  },
}

export function messageOf(mix: Mix): Buffer {
  const subject = { neutral: 'Agenda', marked: 'CONFIDENTIAL', name: 'Julia Smith' }[mix.subject]
  const own = {
    harmless: 'The meeting is on Tuesday at ten in the small room.',
    personal: about,
    initials: 'JS was seen on Monday and is well.',
  }[mix.body]
  const earlier = { none: '', harmless: 'Can we meet on Tuesday?', personal: about }[mix.thread]
  const thread =
    earlier === ''
      ? ''
      : `\r\n\r\n-----Original Message-----\r\nFrom: Ed Roe <ed.roe@lakes.example.org>\r\nSent: 1 March 2016 09:00\r\nTo: b.hill@cumbria.gov.uk\r\nSubject: Agenda\r\n\r\n${earlier}`
  const head = `From: Bev Hill <${senders[mix.protocol][mix.sender]}>\r\nTo: ${addresses(mix)}\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\n`
  const text = `Content-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\n\r\n${own}\r\n\r\nRegards\r\nBev${thread}\r\n`
  const file = files[mix.attachment]
  if (file === undefined) return Buffer.from(head + text)
  return Buffer.from(
    `${head}Content-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\n${text}--b1\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="${file.name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${file.bytes.toString('base64')}\r\n--b1--\r\n`,
  )
}
