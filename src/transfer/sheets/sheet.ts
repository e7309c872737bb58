import PDFDocument from 'pdfkit'
import { breakLines, drawText, type TextStyle } from './text.ts'

/** Somebody as a sheet names them. What is absent is left as a line to be written on. */
export interface SheetParty {
  readonly name?: string
  readonly role?: string
  readonly agency?: string
  readonly postal?: string
  readonly telephone?: string
  readonly fax?: string
}

/** What every sheet knows of its dispatch. No child's name stands here: a reference does. */
export interface SheetFacts {
  /** The dispatch, such as `K4M-7RX-2H9`. */
  readonly reference: string
  readonly sender: SheetParty
  readonly recipient: SheetParty
  readonly on: Date
}

export interface SheetOptions {
  /** Stands at the head of each page, "Confidential" for a fax (CUM-42); absent: no marking at all (BEX-48). */
  readonly marking?: string
  /** Points, portrait; A4 unless said. */
  readonly size?: readonly [number, number]
  readonly title: string
  readonly footer?: string
}

export const a4: readonly [number, number] = [595.28, 841.89]
const margin = 50

/** A page being written from top to bottom; a new one is begun when the next thing does not fit. */
export class Sheet {
  readonly document: PDFKit.PDFDocument
  readonly width: number
  #y: number
  readonly #height: number
  #pages = 1
  readonly #options: SheetOptions

  constructor(options: SheetOptions) {
    const [width, height] = options.size ?? a4
    this.#options = options
    this.#height = height
    this.width = width - 2 * margin
    this.document = new PDFDocument({
      size: [width, height],
      margin: 0,
      bufferPages: true,
      lang: 'en-GB',
      displayTitle: true,
      info: { Title: options.title, Creator: 'Safehaven', Producer: 'Safehaven' },
    })
    this.#y = margin
    this.#head()
  }

  get y(): number {
    return this.#y
  }

  /** Begins a new page when fewer than `height` points are left. */
  need(height: number): void {
    if (this.#y + height <= this.#height - margin - 20) return
    this.page()
  }

  page(): void {
    this.document.addPage()
    this.#pages++
    this.#y = margin
    this.#head()
  }

  heading(text: string, size = 20): this {
    this.need(size * 3)
    this.#y = drawText(this.document, text, this.#place({ size, bold: true }, 3)) + 6
    return this
  }

  paragraph(text: string, style: Partial<TextStyle> = {}, lines = 60): this {
    const size = style.size ?? 10.5
    this.need(Math.min(lines, 4) * size * 1.35)
    this.#y = drawText(this.document, text, this.#place({ ...style, size }, this.#linesLeft(size, lines))) + 6
    return this
  }

  /** Text of any length, over as many pages as it takes; past 100,000 characters it says that it was cut. */
  flow(text: string): this {
    const size = 10.5
    const place = { size, width: this.width, lines: 4000 }
    for (const line of breakLines(this.document, text, place, 100_000)) {
      this.need(size * 1.35)
      drawText(this.document, line, { ...place, x: margin, y: this.#y, lines: 1 })
      this.#y += size * 1.35
    }
    return this.gap(6)
  }

  /** A label with its answer beside it, or a line to write on. */
  field(label: string, answer: string | undefined, lines = 6): this {
    this.need(lines === 1 ? 26 : 40)
    const labelWidth = Math.min(150, this.width / 3)
    const y = this.#y
    const below = drawText(this.document, label, { x: margin, y, width: labelWidth, size: 10, bold: true, lines: 3 })
    const at = { x: margin + labelWidth + 10, y, width: this.width - labelWidth - 10 }
    let end: number
    if (answer === undefined || answer.trim() === '') {
      end = y + 18
      this.document
        .moveTo(at.x, end)
        .lineTo(at.x + at.width, end)
        .lineWidth(0.5)
        .strokeColor('#505a5f')
        .stroke()
    } else {
      end = drawText(this.document, answer, { ...at, size: 10.5, lines: this.#linesLeft(10.5, lines) })
    }
    this.#y = Math.max(below, end) + 8
    return this
  }

  /** A box to tick beside a sentence; ticked where `done` says by whom and when. */
  check(sentence: string, done?: string): this {
    this.need(40)
    const y = this.#y
    this.document.rect(margin, y, 13, 13).lineWidth(1).strokeColor('#0b0c0c').stroke()
    if (done)
      this.document
        .moveTo(margin + 2, y + 7)
        .lineTo(margin + 5.5, y + 11)
        .lineTo(margin + 11, y + 2)
        .stroke()
    const place = { x: margin + 22, width: this.width - 22, lines: 4 }
    let end = drawText(this.document, sentence, { ...place, y, size: 10.5 })
    if (done) end = drawText(this.document, done, { ...place, y: end, size: 9, colour: '#505a5f' })
    this.#y = Math.max(end, y + 15) + 7
    return this
  }

  /** Columns with a rule under each row; absent answers are room to write. */
  table(headings: readonly string[], widths: readonly number[], rows: readonly (readonly string[])[]): this {
    const total = widths.reduce((sum, width) => sum + width, 0)
    const scaled = widths.map((width) => (width / total) * this.width)
    const row = (cells: readonly string[], bold: boolean) => {
      const page = this.#pages
      // A proof leaves nothing out: a row has room for all its words, up to a page.
      const most = Math.max(
        ...cells.map((cell, index) => {
          const place = { x: 0, y: 0, width: scaled[index]! - 8, size: 9, bold, lines: ROW_LINES }
          return cell === '' ? 1 : breakLines(this.document, cell, place).length
        }),
      )
      this.need(bold ? 70 : Math.max(34, most * 9 * 1.35 + 12))
      if (this.#pages > page && !bold) row(headings, true)
      let x = margin
      let end = this.#y + (bold ? 12 : 18)
      cells.forEach((cell, index) => {
        const place = { x, y: this.#y, width: scaled[index]! - 8, size: 9, bold, lines: ROW_LINES }
        if (cell !== '') end = Math.max(end, drawText(this.document, cell, place))
        x += scaled[index]!
      })
      this.document
        .moveTo(margin, end + 3)
        .lineTo(margin + this.width, end + 3)
        .lineWidth(bold ? 1 : 0.4)
      this.document.strokeColor('#505a5f').stroke()
      this.#y = end + 8
    }
    row(headings, true)
    for (const cells of rows) row(cells, false)
    return this
  }

  gap(points = 10): this {
    this.#y += points
    return this
  }

  /** Ends the document and answers its bytes. */
  finish(): Promise<Buffer> {
    const { count } = this.document.bufferedPageRange()
    for (let index = 0; index < count; index++) {
      this.document.switchToPage(index)
      const foot = [
        this.#options.footer,
        count > 1 || this.#options.footer ? `Page ${index + 1} of ${count}` : undefined,
      ]
      const text = foot.filter((part) => part !== undefined).join(' · ')
      const y = this.#height - margin
      if (text) drawText(this.document, text, { x: margin, y, width: this.width, size: 8, colour: '#505a5f', lines: 1 })
    }
    return new Promise((resolve, reject) => {
      const pieces: Buffer[] = []
      this.document.on('data', (piece: Buffer) => pieces.push(piece))
      this.document.on('end', () => resolve(Buffer.concat(pieces)))
      this.document.on('error', reject)
      this.document.end()
    })
  }

  #head(): void {
    const { marking } = this.#options
    if (!marking) return
    const place = { x: margin, y: 24, width: this.width, size: 14, bold: true, lines: 1 }
    drawText(this.document, marking, place)
  }

  #place(style: TextStyle, lines: number) {
    return { ...style, x: margin, y: this.#y, width: this.width, lines }
  }

  #linesLeft(size: number, lines: number): number {
    return Math.max(1, Math.min(lines, Math.floor((this.#height - margin - 20 - this.#y) / (size * 1.35))))
  }
}

/** "21 November 2026 at 14:05", Coordinated Universal Time said as such where it matters. */
export const dayAndTime = (at: Date): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/London' }).format(at)
export const day = (at: Date): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/London' }).format(at)

/** Name, role, agency and address of somebody, one a line; one that is absurdly long leaves room for the others. */
export const partyLines = ({ name, role, agency, postal }: SheetParty): string =>
  [name, role, agency]
    .map((part) => shortened(part ?? '', 120))
    .concat((postal ?? '').replace(/,\s*/g, '\n').slice(0, 600))
    .filter((line) => line.trim())
    .join('\n')

/** "Mrs Hart, Head teacher, St John's": one line of a party. */
export const partyLine = (party: SheetParty): string =>
  [party.name, party.role, party.agency]
    .filter(Boolean)
    .map((part) => shortened(part!, 120))
    .join(', ')

/** Lines of a table's row at most, some two thirds of a page. */
const ROW_LINES = 40

const shortened = (text: string, signs: number): string => (text.length > signs ? `${text.slice(0, signs)}…` : text)
