/**
 * The entries that share the rarest and the most keys with the person sought, best first, at most `most`. A key under which few stand speaks
 * for each of them; one under which a hundred or more stand hardly does. `postings`: for each key the entries under it, 8 bytes each.
 */
export function rankCandidates(postings: readonly Buffer[], most: number): number[] {
  const rarity = new Map<number, number>()
  for (const ids of postings) {
    const share = 8 / ids.length
    for (let at = 0; at < ids.length; at += 8) {
      const id = ids.readUInt32BE(at) * 0x1_0000_0000 + ids.readUInt32BE(at + 4)
      rarity.set(id, (rarity.get(id) ?? 0) + share)
    }
  }
  const ranked = [...rarity].sort((one, other) => other[1] - one[1] || one[0] - other[0])
  return ranked.slice(0, most).map(([id]) => id)
}
