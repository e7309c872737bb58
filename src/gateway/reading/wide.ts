/** Every attachment name that a careless program could see in a message that is being refused: for its sender to read. */
import { looseWords } from './words.ts'

const parameter =
  /\b[a-z]*?(?:file)?na(?:\([^)]*\))?me(?:\([^)]*\))?[ \t]*(?:\*([0-9]*)\*?)?(?:\([^)]*\))?\s*=\s*("(?:[^"\\\r\n]|\\.)*"[^\s;]*|[^\r\n;]*)(;[^\r\n=]*(?=;|\r?\n))?/gi
const most = 50

export function namesAnywhere(raw: Buffer): string[] {
  const text = raw.toString('latin1', 0, Math.min(raw.length, 2_000_000)).replaceAll('\0', '')
  const names = new Set<string>()
  let run: { index: number; text: string }[] = []
  const add = (name: string) => {
    const clean = name.replace(/[\x00-\x1f\x7f]/g, '').trim()
    if (clean !== '' && clean.length <= 300 && names.size < most) names.add(clean)
  }
  const closeRun = () => {
    if (run.length > 1) {
      add(run.map((piece) => piece.text).join(''))
      add(
        [...run]
          .sort((a, b) => a.index - b.index)
          .map((piece) => piece.text)
          .join(''),
      )
    }
    run = []
  }
  for (const match of text.matchAll(parameter)) {
    const written = `${match[2] ?? ''}${match[3] ?? ''}`.trim()
    if (written === '' || written.length > 400) continue
    const bare = written.replace(/^[\w-]*'[\w-]*'/, '').replaceAll(/["']/g, '')
    const decoded = bare
      .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
      .replaceAll('\0', '')
    if (match[1] === undefined || match[1] === '') closeRun()
    else {
      const index = Number(match[1])
      if (run.some((piece) => piece.index === index)) closeRun()
      run.push({ index, text: decoded })
    }
    for (const name of [decoded, decoded.replaceAll(/\([^)]*\)/g, ''), ...looseWords(written)]) add(name)
    if (names.size >= most) break
  }
  closeRun()
  return [...names]
}
