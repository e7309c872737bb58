// Every search meets hundreds of entries: a table of numbers that is used again costs a tenth of a Map and its tuples.
const SLOTS = 32_768
const MOST_MET = SLOTS / 2
const ids = new Float64Array(SLOTS)
const rarity = new Float64Array(SLOTS)
const met = new Int32Array(MOST_MET)

/**
 * The entries that share the rarest and the most keys with the person sought, best first, at most `most`. A key under which few stand speaks
 * for each of them; one under which a hundred or more stand hardly does. `postings`: for each key the entries under it, 8 bytes each, from 1 on.
 * Beyond 16,384 different entries the rest is not looked at; no person has keys for so many.
 */
export function rankCandidates(postings: readonly Buffer[], most: number): number[] {
  let n = 0
  for (const under of postings) {
    const share = 8 / under.length
    for (let at = 0; at < under.length; at += 8) {
      const id = under.readUInt32BE(at) * 0x1_0000_0000 + under.readUInt32BE(at + 4)
      let slot = (Math.imul(id, 0x9e3779b1) >>> 17) & (SLOTS - 1)
      while (ids[slot] !== 0 && ids[slot] !== id) slot = (slot + 1) & (SLOTS - 1)
      if (ids[slot] === 0) {
        if (n === MOST_MET) continue
        ids[slot] = id
        met[n++] = slot
      }
      rarity[slot]! += share
    }
  }
  const ranked = bestOf(n, most)
  for (let i = 0; i < n; i++) {
    ids[met[i]!] = 0
    rarity[met[i]!] = 0
  }
  return ranked
}

function bestOf(n: number, most: number): number[] {
  const shares = new Float64Array(n)
  for (let i = 0; i < n; i++) shares[i] = rarity[met[i]!]!
  const least = n > most ? shares.sort()[n - most]! : 0
  const found: { readonly id: number; readonly share: number }[] = []
  for (let i = 0; i < n; i++) {
    const slot = met[i]!
    if (rarity[slot]! >= least) found.push({ id: ids[slot]!, share: rarity[slot]! })
  }
  found.sort((one, other) => other.share - one.share || one.id - other.id)
  return found.slice(0, most).map(({ id }) => id)
}
