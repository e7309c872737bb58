/** Messages made to hide an attachment from one program or another. Built here, by family; used by tests only. */

export const payload = Buffer.from('PK\x03\x04 hidden in plain sight \x00\x01\x02', 'latin1')
export const payloadBase64 = payload.toString('base64')
export interface Hostile {
  readonly name: string
  readonly raw: Buffer
}

const head = (type: string, extra = '') =>
  `From: Bev Hill <b.hill@cumbria.gov.uk>\r\nTo: Ed Roe <ed.roe@lakes.example.org>\r\nSubject: Minutes\r\nMIME-Version: 1.0\r\n${extra}Content-Type: ${type}\r\n`
const text = '--B1\r\nContent-Type: text/plain\r\n\r\nHello\r\n'
const filed = (headers: string, body = payloadBase64) => `--B1\r\n${headers}\r\n\r\n${body}\r\n`
const mixed = (part: string, type = 'multipart/mixed; boundary=B1', close = '--B1--\r\n') =>
  `${head(type)}\r\n${text}${part}${close}`
const base64 = '\r\nContent-Transfer-Encoding: base64'

const nameTricks: readonly (readonly [string, string])[] = [
  ['plain', 'K=plan.zip'],
  ['quoted', 'K="plan.zip"'],
  ['single quotes', "K='plan.zip'"],
  ['space before =', 'K =plan.zip'],
  ['space after =', 'K= plan.zip'],
  ['fold before value', 'K=\r\n plan.zip'],
  ['fold before =', 'K\r\n =plan.zip'],
  ['comment after', 'K=plan.zip(x)'],
  ['comment inside', 'K=plan.z(x)ip'],
  ['comment in key', 'KK()=plan.zip'.replace('KK', 'K')],
  ['twice, last', 'K=plan.png; K=plan.zip'],
  ['twice, first', 'K=plan.zip; K=plan.png'],
  ['rfc2231', "K*=utf-8''plan.zip"],
  ['rfc2231 escaped', "K*=utf-8''plan%2Ezip"],
  ['rfc2231 without charset', 'K*=plan.zip'],
  ['rfc2231 utf-16', "K*=utf-16''%00p%00l%00a%00n%00.%00z%00i%00p"],
  ['pieces', 'K*0=plan.; K*1=zip'],
  ['pieces escaped', "K*0*=utf-8''plan%2E; K*1*=zip"],
  ['pieces reversed', 'K*1=zip; K*0=plan.'],
  ['pieces from one', 'K*1=plan.; K*2=zip'],
  ['pieces with a gap', 'K*0=plan.; K*2=zip'],
  ['pieces and plain', 'K=plan.png; K*0=plan.; K*1=zip'],
  ['star and plain', "K=plan.png; K*=utf-8''plan.zip"],
  ['piece twice', 'K*0=plan.; K*0=x; K*1=zip'],
  ['leading zero', 'K*00=plan.; K*01=zip'],
  ['encoded word', 'K="=?utf-8?B?cGxhbi56aXA=?="'],
  ['encoded word q', 'K="=?utf-8?Q?plan=2Ezip?="'],
  ['encoded word utf-16', 'K="=?utf-16?B?AHAAbABhAG4ALgB6AGkAcA==?="'],
  ['encoded word broken', 'K="=?utf-8?B?cGxhbi56aX?="'],
  ['semicolon unquoted', 'K=plan;.zip'],
  ['semicolon quoted', 'K="plan;.zip"'],
  ['escaped quote', 'K="plan\\".zip"'],
  ['unclosed quote', 'K="plan.zip'],
  ['text after quote', 'K="plan".zip'],
  ['right-to-left override', `K*=utf-8''plan%E2%80%AEgnp.zip`],
  ['control character', "K*=utf-8''plan%00.zip"],
  ['no separator', `${''.padEnd(1)}K=plan.zip`],
  ['blank fold', '\r\n \r\n K=plan.zip'],
  ['tab fold', '\r\n\tK=plan.zip'],
] // prettier-ignore

function names(): Hostile[] {
  const out: Hostile[] = []
  for (const [label, trick] of nameTricks) {
    out.push(
      of(
        `name: ${label}`,
        mixed(filed(`Content-Type: application/octet-stream; ${trick.replaceAll('K', 'name')}${base64}`)),
      ),
    )
    out.push(
      of(
        `filename: ${label}`,
        mixed(
          filed(
            `Content-Type: application/octet-stream\r\nContent-Disposition: attachment; ${trick.replaceAll('K', 'filename')}${base64}`,
          ),
        ),
      ),
    )
  }
  const pairs: [string, string][] = [
    [
      'type png, disposition zip',
      `Content-Type: application/octet-stream; name=a.png\r\nContent-Disposition: attachment; filename=plan.zip${base64}`,
    ],
    [
      'type zip, disposition png',
      `Content-Type: application/octet-stream; name=plan.zip\r\nContent-Disposition: attachment; filename=a.png${base64}`,
    ],
    ['filename in type', `Content-Type: application/octet-stream; filename=plan.zip${base64}`],
    [
      'name in disposition',
      `Content-Type: application/octet-stream\r\nContent-Disposition: attachment; name=plan.zip${base64}`,
    ],
    ['two types', `Content-Type: text/plain\r\nContent-Type: application/zip; name=plan.zip${base64}`],
    [
      'two dispositions',
      `Content-Type: application/zip\r\nContent-Disposition: inline\r\nContent-Disposition: attachment; filename=plan.zip${base64}`,
    ],
    ['space before colon', `Content-Type : application/zip; name=plan.zip${base64}`],
    ['fold before colon', `Content-Type\r\n : application/zip; name=plan.zip${base64}`],
    ['type without slash', `Content-Type: zip; name=plan.zip${base64}`],
    ['type empty', `Content-Type:${base64}`],
    ['inline with name', `Content-Type: text/plain; name=plan.zip\r\nContent-Disposition: inline${base64}`],
    ['no headers at all but a name in Content-ID', `Content-ID: <plan.zip>\r\nContent-Type: application/zip${base64}`],
    ['name from description', `Content-Description: plan.zip\r\nContent-Type: application/octet-stream${base64}`],
  ]
  for (const [label, headers] of pairs) out.push(of(`headers: ${label}`, mixed(filed(headers))))
  return out
}

function boundaries(): Hostile[] {
  const zip = filed(`Content-Type: application/zip; name=plan.zip${base64}`)
  const swap = (from: string, to: string) => mixed(zip).replace(from, to)
  const out: [string, string][] = [
    ['quoted', mixed(zip, 'multipart/mixed; boundary="B1"')],
    ['comment', mixed(zip, 'multipart/mixed; boundary=B1(x)')],
    ['rfc2231', mixed(zip, "multipart/mixed; boundary*=''B1")],
    ['pieces', mixed(zip, 'multipart/mixed; boundary*0=B; boundary*1=1')],
    ['twice', mixed(zip, 'multipart/mixed; boundary=XX; boundary=B1')],
    ['twice other way', mixed(zip, 'multipart/mixed; boundary=B1; boundary=XX')],
    ['space after', mixed(zip, 'multipart/mixed; boundary="B1 "')],
    ['escaped', mixed(zip, 'multipart/mixed; boundary="\\B\\1"')],
    ['other case', mixed(zip, 'multipart/mixed; boundary=b1')],
    ['missing', mixed(zip, 'multipart/mixed')],
    ['empty', mixed(zip, 'multipart/mixed; boundary=""')],
    ['single quotes', mixed(zip, "multipart/mixed; boundary='B1'")],
    ['semicolon missing', mixed(zip, 'multipart/mixed boundary=B1')],
    ['not closed', mixed(zip, undefined, '')],
    ['closed early', `${head('multipart/mixed; boundary=B1')}\r\n${text}--B1--\r\n${zip}--B1--\r\n`],
    [
      'closed early, then other lines',
      `${head('multipart/mixed; boundary=B1')}\r\n${text}--B1--\r\n\r\n${zip.slice(6)}`,
    ],
    ['after preamble', `${head('multipart/mixed; boundary=B1')}\r\n${zip.slice(6)}\r\n${text}--B1--\r\n`],
    ['prefix line', swap('--B1\r\nContent-Type: application', '--B1x\r\nContent-Type: application')],
    ['dashes short', swap('--B1\r\nContent-Type: application', '-B1\r\nContent-Type: application')],
    ['spaces before line', swap('--B1\r\nContent-Type: application', ' --B1\r\nContent-Type: application')],
    ['tabs after line', swap('--B1\r\nContent-Type: application', '--B1 \t\r\nContent-Type: application')],
    ['text after line', swap('--B1\r\nContent-Type: application', '--B1 hello\r\nContent-Type: application')],
    ['mixed type in capitals', mixed(zip, 'MULTIPART/MIXED; BOUNDARY=B1')],
    ['unknown subtype', mixed(zip, 'multipart/unheard; boundary=B1')],
    ['digest', mixed(zip, 'multipart/digest; boundary=B1')],
    ['said to be text', mixed(zip, 'text/plain; boundary=B1')],
    ['multi part', mixed(zip, 'multi/part; boundary=B1')],
    [
      'encoded container',
      `${head('multipart/mixed; boundary=B1', 'Content-Transfer-Encoding: base64\r\n')}\r\n${Buffer.from(`${text}${zip}--B1--\r\n`).toString('base64')}\r\n`,
    ],
    [
      'quoted-printable container',
      `${head('multipart/mixed; boundary=B1', 'Content-Transfer-Encoding: quoted-printable\r\n')}\r\n${text}${zip}--B1--\r\n`,
    ],
    [
      'inner same',
      `${head('multipart/mixed; boundary=B1')}\r\n${text}--B1\r\nContent-Type: multipart/mixed; boundary=B1\r\n\r\n${zip}--B1--\r\n--B1--\r\n`,
    ],
    [
      'inner prefix',
      `${head('multipart/mixed; boundary=B1')}\r\n${text}--B1\r\nContent-Type: multipart/mixed; boundary=B12\r\n\r\n--B12\r\nContent-Type: application/zip; name=plan.zip${base64}\r\n\r\n${payloadBase64}\r\n--B12--\r\n--B1--\r\n`,
    ],
    [
      'inner not closed',
      `${head('multipart/mixed; boundary=B1')}\r\n${text}--B1\r\nContent-Type: multipart/mixed; boundary=C2\r\n\r\n--C2\r\nContent-Type: application/zip; name=plan.zip${base64}\r\n\r\n${payloadBase64}\r\n--B1--\r\n`,
    ],
    [
      'inner line in outer part',
      `${head('multipart/mixed; boundary=B1')}\r\n--B1\r\nContent-Type: multipart/alternative; boundary=C2\r\n\r\n--C2\r\n\r\nhello\r\n--C2--\r\n--B1\r\nContent-Type: text/plain\r\n\r\nbye\r\n--C2\r\nContent-Type: application/zip; name=plan.zip${base64}\r\n\r\n${payloadBase64}\r\n--B1--\r\n`,
    ],
    ['no version', mixed(zip).replace('MIME-Version: 1.0\r\n', '')],
    ['version two', mixed(zip).replace('MIME-Version: 1.0', 'MIME-Version: 2.0')],
    ['version twice', mixed(zip).replace('MIME-Version: 1.0\r\n', 'MIME-Version: 1.0\r\nMIME-Version: 1.0\r\n')],
    [
      'type twice, text first',
      mixed(zip).replace('Content-Type: multipart', 'Content-Type: text/plain\r\nContent-Type: multipart'),
    ],
    ['type twice, text last', mixed(zip).replace('boundary=B1\r\n', 'boundary=B1\r\nContent-Type: text/plain\r\n')],
    ['headers end early', mixed(zip).replace('MIME-Version', ' \r\nMIME-Version')],
    ['line that is no header', mixed(zip).replace('MIME-Version', 'hello there\r\nMIME-Version')],
  ] // prettier-ignore
  return out.map(([label, raw]) => of(`boundary: ${label}`, raw))
}

function encodings(): Hostile[] {
  const type = 'Content-Type: application/zip; name=plan.zip\r\n'
  const noisy = payloadBase64.replace(/^(.{8})/, '$1!*')
  const out: [string, string, string][] = [
    ['junk in base64', 'Content-Transfer-Encoding: base64', noisy],
    ['early padding', 'Content-Transfer-Encoding: base64', `UEsDBA==${payloadBase64.slice(8)}`],
    [
      'padding missing',
      'Content-Transfer-Encoding: base64',
      payload.subarray(0, 5).toString('base64').replace(/=+$/, ''),
    ],
    ['lines of three', 'Content-Transfer-Encoding: base64', payloadBase64.replace(/(.{3})/g, '$1\r\n')],
    ['spaces between', 'Content-Transfer-Encoding: base64', payloadBase64.replace(/(.{4})/g, '$1 ')],
    ['text after', 'Content-Transfer-Encoding: base64', `${payloadBase64}\r\n\r\nhello there`],
    ['name in comment', 'Content-Transfer-Encoding: base64 (really)', payloadBase64],
    ['quoted', 'Content-Transfer-Encoding: "base64"', payloadBase64],
    ['semicolon', 'Content-Transfer-Encoding: base64;', payloadBase64],
    ['capitals', 'Content-Transfer-Encoding: BASE64', payloadBase64],
    ['unknown', 'Content-Transfer-Encoding: foo', payloadBase64],
    ['x-uuencode', 'Content-Transfer-Encoding: x-uuencode', 'begin 644 plan.zip\r\n#4$L#\r\n`\r\nend'],
    ['twice', 'Content-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: base64', payloadBase64],
    ['twice other way', 'Content-Transfer-Encoding: base64\r\nContent-Transfer-Encoding: 7bit', payloadBase64],
    ['misspelt', 'Content-Transfer-Encoding: base-64', payloadBase64],
    ['header misspelt', 'Content-Transfer_Encoding: base64', payloadBase64],
    ['space before colon', 'Content-Transfer-Encoding : base64', payloadBase64],
    ['broken escape', 'Content-Transfer-Encoding: quoted-printable', 'PK=03=04=ZZ hidden'],
    ['soft breaks', 'Content-Transfer-Encoding: quoted-printable', 'P=\r\nK=03=\r\n=04 hidden'],
    ['lower-case escapes', 'Content-Transfer-Encoding: quoted-printable', '=50=4b=03=04 hidden'],
    ['trailing bits', 'Content-Transfer-Encoding: base64', 'UEsDBB=='],
    [
      'url alphabet',
      'Content-Transfer-Encoding: base64',
      payloadBase64.replaceAll('+', '-').replaceAll('/', '_').padStart(8, '_'),
    ],
    ['double encoding', 'Content-Transfer-Encoding: base64', Buffer.from(payloadBase64).toString('base64')],
  ] // prettier-ignore
  return out.map(([label, header, body]) => of(`encoding: ${label}`, mixed(filed(`${type}${header}`, body))))
}

function texts(): Hostile[] {
  const plain = (body: string) => `${head('text/plain')}\r\n${body}\r\n`
  const uu = 'begin 644 plan.zip\r\n#4$L#\r\n`\r\nend'
  const out: [string, string][] = [
    ['uuencoded', plain(`Hello\r\n\r\n${uu}`)],
    ['uuencoded without end', plain(`Hello\r\n\r\n${uu.replace('\r\nend', '')}`)],
    ['uuencoded in html', `${head('text/html')}\r\n<p>Hello</p>\r\n${uu}\r\n`],
    ['yEnc', plain('=ybegin line=128 size=9 name=plan.zip\r\nabc\r\n=yend size=9')],
    ['BinHex', plain('(This file must be converted with BinHex 4.0)\r\n:plan.zip')],
    ['begin-base64', plain(`begin-base64 644 plan.zip\r\n${payloadBase64}\r\n====`)],
    [
      'parts without container',
      plain(`Hello\r\n--XX\r\nContent-Type: application/zip; name=plan.zip${base64}\r\n\r\n${payloadBase64}\r\n--XX--`),
    ],
    [
      'headers without boundary',
      plain(`Hello\r\n\r\nContent-Type: application/zip; name=plan.zip${base64}\r\n\r\n${payloadBase64}`),
    ],
    [
      'message inside, encoded',
      mixed(
        filed(
          `Content-Type: message/rfc822${base64}`,
          Buffer.from(mixed(filed(`Content-Type: application/zip; name=plan.zip${base64}`))).toString('base64'),
        ),
      ),
    ],
    [
      'message inside',
      mixed(
        `--B1\r\nContent-Type: message/rfc822\r\n\r\n${mixed(filed(`Content-Type: application/zip; name=plan.zip${base64}`)).replaceAll('B1', 'C2')}\r\n`,
      ),
    ],
    [
      'partial',
      mixed(
        filed(
          'Content-Type: message/partial; id=a; number=1; total=2',
          `Content-Type: application/zip; name=plan.zip${base64}\r\n\r\n${payloadBase64}`,
        ),
      ),
    ],
    [
      'external body',
      mixed(
        filed(
          'Content-Type: message/external-body; access-type=URL; URL="http://x.example/plan.zip"',
          'Content-Type: application/zip\r\n',
        ),
      ),
    ],
    ['zero byte', mixed(filed(`Content-Type: application/zip; name=plan.zip${base64}`)).replace('Hello', 'Hel\0lo')],
    [
      'bare carriage returns',
      mixed(filed(`Content-Type: application/zip; name=plan.zip${base64}`)).replace('Hello\r\n', 'Hello\r'),
    ],
    [
      'mixed line ends',
      mixed(filed(`Content-Type: application/zip; name=plan.zip${base64}`)).replace('Hello\r\n', 'Hello\n'),
    ],
    ['utf-7', plain('+ADw-a href+AD0-plan.zip+AD4-').replace('text/plain', 'text/html; charset=utf-7')],
    ['unknown charset', plain('plan.zip').replace('text/plain', 'text/plain; charset=x-hidden; name=plan.zip')],
    ['binary where text is said', mixed(filed(`Content-Type: text/plain; charset=utf-8${base64}`))],
    ['winmail', mixed(filed(`Content-Type: application/ms-tnef; name=winmail.dat${base64}`))],
  ] // prettier-ignore
  return out.map(([label, raw]) => of(`text: ${label}`, raw))
}

const of = (name: string, raw: string): Hostile => ({ name, raw: Buffer.from(raw, 'latin1') })

export const hostileMails = (): Hostile[] => [...names(), ...boundaries(), ...encodings(), ...texts()]
