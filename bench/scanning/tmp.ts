import { holdsPersonalData } from '../../src/scanning/index.ts'
import { messages } from './messages/fill-messages.ts'
for (const set of process.argv.slice(2)) {
for (const [n, p] of [['safeguarding', true], ['harmless', false]] as const) { let wrong = 0; const ms = messages(`${n}-${set}`, p, 16, 99); const seen = new Set<string>()
 for (const m of ms) { const r = holdsPersonalData(m.text); if (r.holds !== p) { wrong++; const k = m.text.slice(0, 12); if (!seen.has(k)) { seen.add(k); console.log(n, JSON.stringify(m.text.slice(0, 150)), r.because.map((s) => s.type + ':' + s.text).join('|')) } } }
 console.log(n, set, ms.length, 'wrong', wrong) } }
