import { describe, expect, it } from 'vitest'
import { lookInside } from './look-inside.ts'
import { unpackRichText } from './packed-rich-text.ts'
import { makeZip } from './zip.cases.ts'

const number = (value: number, bytes = 4): Buffer => {
  const made = Buffer.alloc(bytes)
  if (bytes === 2) made.writeUInt16LE(value)
  else made.writeUInt32LE(value >>> 0)
  return made
}
const attribute = (level: number, id: number, content: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([level]),
    number(id),
    number(content.length),
    content,
    number(
      content.reduce((sum, one) => (sum + one) & 0xffff, 0),
      2,
    ),
  ])
const padded = (content: Buffer): Buffer => Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)])
const property = (id: number, type: number, content: Buffer): Buffer =>
  Buffer.concat([number(type, 2), number(id, 2), number(1), number(content.length), padded(content)])
const properties = (...list: Buffer[]): Buffer => Buffer.concat([number(list.length), ...list])
const wide = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf16le')
const packageOf = (...attributes: Buffer[]): Buffer =>
  Buffer.concat([number(0x223e9f78), number(1, 2), attribute(1, 0x00089006, number(0x00010000)), ...attributes])
const fileOf = (name: string, content: Buffer): Buffer[] => [
  attribute(2, 0x00069002, Buffer.alloc(14)),
  attribute(2, 0x00018010, Buffer.from('OLDNAME.DAT\0')),
  attribute(2, 0x0006800f, content),
  attribute(2, 0x00069005, properties(property(0x3707, 0x1f, wide(name)))),
]
// The example of [MS-OXRTFCP] 4.1.1.
const packed = Buffer.from(
  '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
  'hex',
)

describe('winmail.dat', () => {
  it('is opened: its subject, its bodies and its files are seen, and a file is called what it is called', () => {
    const found = lookInside(
      packageOf(
        attribute(1, 0x00018004, Buffer.from('About Julia Smith\0')),
        attribute(
          1,
          0x00069003,
          properties(
            property(0x1013, 0x102, Buffer.from('<p>She was seen at <b>4 Mill Lane</b>.</p>')),
            property(0x1009, 0x102, packed),
            property(0x0042, 0x1f, wide('Bev Hill')),
          ),
        ),
        ...fileOf('minutes of Tuesday.txt', Buffer.from('Julia was there.')),
        ...fileOf(
          'both.zip',
          makeZip([{ name: 'inner.txt', content: Buffer.from('Her NHS number is 943 476 5919.') }]),
        ),
      ),
      'attachments/1/winmail.dat',
    )
    const text = found.pieces.map((one) => one.text).join('\n')
    for (const words of [
      'About Julia Smith',
      '4 Mill Lane',
      'hello world',
      'Bev Hill',
      'Julia was there.',
      '943 476 5919',
    ])
      expect(text).toContain(words)
    expect(found.inside.map((one) => one.name).sort()).toEqual(['both.zip', 'inner.txt', 'minutes of Tuesday.txt'])
    expect(found.problems).toEqual([])
  })

  it('a message inside it is followed, and its files too', () => {
    const inner = packageOf(...fileOf('deep.txt', Buffer.from('Deep inside is Julia Smith.')))
    const found = lookInside(
      packageOf(
        attribute(2, 0x00069002, Buffer.alloc(14)),
        attribute(2, 0x00069005, properties(property(0x3701, 0x0d, Buffer.concat([Buffer.alloc(16), inner])))),
      ),
      'winmail.dat',
    )
    expect(found.pieces.map((one) => one.text).join()).toContain('Deep inside is Julia Smith.')
    expect(found.problems).toEqual([])
  })

  const whole = packageOf(...fileOf('a.txt', Buffer.from('Julia Smith')))
  const broken: readonly (readonly [string, Buffer])[] = [
    ['a sum is wrong', Buffer.from(whole.map((one, at) => (at === whole.length - 3 ? one ^ 1 : one)))],
    ['it is cut off', whole.subarray(0, whole.length - 7)],
    ['a length goes beyond its end', Buffer.concat([whole, Buffer.from([1]), number(0x800c), number(0x7fffffff)])],
    ['a property is of no kind', packageOf(attribute(1, 0x69003, properties(property(0x1000, 0x0e, Buffer.alloc(4)))))],
    ['it claims a billion properties', packageOf(attribute(1, 0x69003, number(1_000_000_000)))],
    [
      'its rich text cannot be unpacked',
      packageOf(attribute(1, 0x69003, properties(property(0x1009, 0x102, packed.subarray(0, 30))))),
    ],
  ]
  it.each(broken)('where %s, it is refused and not let through', (_title, bytes) => {
    expect(lookInside(bytes, 'winmail.dat').problems).toMatchObject([{ kind: 'unsafe', code: 'tnef' }])
  })

  it('what follows is stopped by the same limits as anywhere: rich text that would fill the machine', () => {
    const bomb = Buffer.from(packed)
    bomb.writeUInt32LE(0x7fffffff, 4)
    expect(unpackRichText(bomb, 16 << 20)).toBeUndefined()
  })
})
