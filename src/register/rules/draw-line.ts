import { escapeMarkup } from '../../web/index.ts'
import type { Lane, LineOfTime } from './line-of-time.ts'

const LANE = 66
const TOP = 26
const AXIS = 30
const SIDE = 8
/** How many colours there are in the style sheet; a sixth register begins again with the first, and its name stands beside it. */
const COLOURS = 5

/** The colour of a lane, as the number of its class in the style sheet. */
export const colourOf = (index: number): number => (index % COLOURS) + 1

/**
 * The line of time as a picture of this width in pixels: a lane for each register, one line that goes over from lane to lane as the child moved. What it
 * shows stands in the table beside it, so it is hidden from who hears the page. Returns HTML that was escaped.
 */
export function drawLine({ lanes, joints }: LineOfTime, today: string, width: number): string {
  const days = lanes.flatMap(({ from }) => (from === undefined ? [] : [from]))
  const first = [...days, today].sort()[0]!
  const [begin, end] = [Date.parse(first), Date.parse(today)]
  const room = width - 2 * SIDE - 14
  const x = (day: string): number => SIDE + ((Date.parse(day) - begin) / Math.max(end - begin, 86_400_000)) * room
  const y = (lane: Lane): number => TOP + lanes.indexOf(lane) * LANE + 30
  const height = TOP + lanes.length * LANE + AXIS
  const bottom = height - AXIS
  const now = x(today)
  const drawn = [
    ...ticks(first, today, room).map(
      ({ day, text }) =>
        `<line class="register-line__tick" x1="${n(x(day))}" x2="${n(x(day))}" y1="${TOP - 8}" y2="${bottom}"/><text class="register-line__axis" x="${n(x(day))}" y="${bottom + 20}" text-anchor="${x(day) < 24 ? 'start' : 'middle'}">${text}</text>`,
    ),
    `<line class="register-line__now" x1="${n(now)}" x2="${n(now)}" y1="${TOP - 8}" y2="${bottom}"/><text class="register-line__axis" x="${n(now + 6)}" y="12" text-anchor="end">today</text>`,
    ...joints.map((joint) => {
      const [y1, y2] = [y(joint.before), y(joint.after)]
      if (joint.kind === 'both') {
        const at = n(x(joint.from))
        return `<line class="register-line__both" x1="${at}" x2="${at}" y1="${y1}" y2="${y2}"/>`
      }
      const [x1, x2] = [x(joint.before.to ?? today), x(joint.after.from ?? today)]
      const bend = Math.max(26, (x2 - x1) / 2)
      return `<path class="register-line__joint${joint.kind === 'gap' ? ' register-line__joint--gap' : ''}" d="M${n(x1)} ${y1}C${n(x1 + bend)} ${y1} ${n(x2 - bend)} ${y2} ${n(x2)} ${y2}"/>`
    }),
    ...lanes.map((lane, index) => drawLane(lane, index, { x, y: y(lane), today, width })),
  ]
  return `<svg class="register-line__picture" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">${drawn.join('')}</svg>`
}

function drawLane(
  lane: Lane,
  index: number,
  { x, y, today, width }: { x: (day: string) => number; y: number; today: string; width: number },
): string {
  const colour = `register-line--${colourOf(index)}`
  const name = fitted(lane.authorityName, width - 2 * SIDE)
  if (lane.from === undefined)
    return `<text class="register-line__name ${colour}" x="${SIDE}" y="${y - 14}">${escapeMarkup(name)}</text><text class="register-line__axis" x="${SIDE}" y="${y + 6}">${lane.spans === undefined ? 'not shown here' : 'no day that you may see'}</text>`
  const from = x(lane.from)
  const to = Math.max(x(lane.to ?? today), from + 6)
  const drawn = [
    `<line class="register-line__stretch ${colour}" x1="${n(from)}" x2="${n(to)}" y1="${y}" y2="${y}"/>`,
    // Still going on: the end is an arrow that passes today.
    ...(lane.to === undefined
      ? [`<path class="register-line__on ${colour}" d="M${n(to)} ${y - 9}l12 9l-12 9z"/>`]
      : []),
  ]
  for (const span of lane.spans ?? []) {
    if (span.from < lane.from) continue
    const at = x(span.from)
    if (span.kind === 'plan' || span.kind === 'looked-after')
      drawn.push(
        `<line class="register-line__plan ${colour}" x1="${n(at)}" x2="${n(Math.max(x(span.to ?? today), at + 4))}" y1="${y + 14}" y2="${y + 14}"${span.kind === 'looked-after' ? ' stroke-dasharray="3 3"' : ''}/>`,
      )
    else if (span.kind === 'meeting' || span.kind === 'referral')
      drawn.push(`<circle class="register-line__event ${colour}" cx="${n(at)}" cy="${y}" r="4.5"/>`)
  }
  // The name stands over its own stretch, moved to the left where it would not fit.
  const at = Math.max(SIDE, Math.min(from, width - SIDE - wide(name)))
  return `${drawn.join('')}<text class="register-line__name ${colour}" x="${n(at)}" y="${y - 14}">${escapeMarkup(name)}</text>`
}

/** About how wide a name is drawn, in pixels. */
const wide = (text: string): number => [...text].length * 8.8
const fitted = (text: string, room: number): string =>
  wide(text) <= room ? text : `${[...text].slice(0, Math.floor(room / 8.8) - 1).join('')}…`
const n = (value: number): string => value.toFixed(1).replace(/\.0$/, '')

/** The beginnings of years that fit under the picture; of months, where all of it lies within two years. */
function ticks(first: string, today: string, room: number): { day: string; text: string }[] {
  const years = Number(today.slice(0, 4)) - Number(first.slice(0, 4))
  const most = Math.max(2, Math.floor(room / 56))
  const found: { day: string; text: string }[] = []
  if (years < 2) {
    const months = years * 12 + Number(today.slice(5, 7)) - Number(first.slice(5, 7))
    const step = [1, 2, 3, 6, 12].find((one) => months / one <= most) ?? 12
    for (let month = 1; month <= months; month += step) {
      const at = Number(first.slice(5, 7)) - 1 + month
      const day = new Date(Date.UTC(Number(first.slice(0, 4)), at, 1)).toISOString().slice(0, 10)
      const name = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' }).format(Date.parse(day))
      found.push({ day, text: `${name} ${day.slice(2, 4)}` })
    }
    return found
  }
  const step = [1, 2, 5, 10, 20].find((one) => years / one <= most) ?? 50
  for (let year = Number(first.slice(0, 4)) + 1; year <= Number(today.slice(0, 4)); year += 1)
    if (year % step === 0) found.push({ day: `${year}-01-01`, text: String(year) })
  return found
}
