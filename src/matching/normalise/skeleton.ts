const SOUNDS: readonly [RegExp, string][] = [
  [/^(mac|mc)(?=[a-z]{3})/, 'mk'],
  [/^(kn|gn|pn)/, 'n'],
  [/^wr/, 'r'],
  [/^ps/, 's'],
  [/^hs/, 's'],
  [/^x/, 's'],
  [/sch|shch|sh|sz|ss|tsh|tch/g, 's'],
  [/cz|ch|tz|ts/g, 's'],
  [/zh|rz/g, 'z'],
  [/ph|pf/g, 'f'],
  [/ck|cq|kh|qu|q/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/gh(?=[^aeiouy]|$)/g, ''],
  [/dj|dz|dh/g, 'd'],
  [/bh/g, 'b'],
  [/th/g, 't'],
  [/gh/g, 'g'],
  [/j(?=[aeiou]*$)/g, 'y'],
  [/x/g, 'ks'],
  [/z/g, 's'],
  [/v|w/g, 'v'],
]

/**
 * The bones of a name that survive transliteration and mishearing: consonants by sound, vowels and `h` dropped but for
 * the first. `muhammad`, `mohammed`, `mohamed` → `mmd`; `aisha`, `ayesha` → `as`; `catherine`, `kathryn` → `ktrn`.
 */
export function skeleton(name: string): string {
  let s = name
  for (const [sound, letter] of SOUNDS) s = s.replace(sound, letter)
  s = s.replace(/(.)\1+/g, '$1')
  const first = s.charAt(0)
  const head = 'aeiouy'.includes(first) ? 'a' : first
  return head + s.slice(1).replace(/[aeiouyh]/g, '')
}
