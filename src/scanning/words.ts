import { hashWord } from './tokens.ts'

/** What a hand-kept word says about the words beside it. */
export const kind = {
  month: 1,
  weekday: 2,
  title: 4,
  relation: 8,
  street: 16,
  body: 32,
  phoneLabel: 64,
  bornLabel: 128,
  nhsLabel: 256,
  numberLabel: 512,
  greeting: 1024,
  signOff: 2048,
  ordinal: 4096,
  nameLabel: 8192,
  particle: 16384,
  premises: 32768,
  upnLabel: 65536,
  ninoLabel: 131072,
  papersLabel: 262144,
  ageLabel: 524288,
  school: 1048576,
  dateLabel: 2097152,
  caseLabel: 4194304,
  season: 8388608,
} as const

const lists: Readonly<Record<keyof typeof kind, string>> = {
  month:
    'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec',
  weekday: 'monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun',
  title:
    'mr mrs ms miss mx dr doctor prof professor sir dame lord lady rev reverend father sister judge pc wpc dc ds di dci sgt sergeant inspector detective constable cllr councillor capt captain justice',
  relation:
    'mum mom mother mam dad father brother sister son daughter nan nanny gran grandma grandmother grandad grandfather grandpa uncle aunt aunty auntie cousin partner stepdad stepmum stepfather stepmother carer child boy girl baby pupil student sibling wife husband twin twins boyfriend girlfriend niece nephew guardian parent patient foster',
  street:
    'road rd street st lane ln avenue ave close drive crescent cres terrace court ct gardens gdns grove place square sq way walk row mews hill rise view park green parade parkway boulevard blvd circus crossing end gate heights meadow meadows orchard path quay vale wharf yard esplanade strasse weg rue via calle plaza straat allee gasse rua avenida vei gata utca ulica',
  body: 'council trust ltd limited inc incorporated plc llp llc corp corporation company co gmbh group university hospital surgery clinic centre center team service services police constabulary foundation charity church mosque association society institute department dept ministry agency authority board bureau bank partners practice committee union federation partnership housing systems technologies solutions consulting labs media network',
  school: 'school academy college nursery preschool playgroup kindergarten infants juniors primary secondary sixth pru',
  phoneLabel:
    'tel telephone phone mobile mob cell fax call ring landline whatsapp dial phoned called rang answering hotline helpline text voicemail switchboard extension ext office reach telephoned',
  bornLabel: 'dob born birth birthday birthdate',
  dateLabel: 'on dated since until by from date due before after',
  nhsLabel: 'nhs chi',
  season: 'easter christmas xmas noel ramadan eid diwali hanukkah lent advent spring summer autumn winter',
  caseLabel: 'lcs ias crn crm ics ehm ref reference case',
  upnLabel: 'upn',
  ninoLabel: 'nino ni insurance',
  papersLabel: 'passport licence license',
  numberLabel:
    'order invoice isbn ref reference tracking parcel account serial po ticket version model product part sku batch receipt booking asset barcode catalogue item code job quote purchase licence policy cheque meter case',
  greeting: 'hi hello dear hiya hey morning afternoon evening fao attn',
  signOff: 'regards thanks sincerely wishes cheers faithfully yours love ta cordially',
  ordinal:
    'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty thirtieth thirty',
  nameLabel: 'name named surname forename firstname lastname nickname alias aka called',
  particle: 'de van von der den la le du del della di da dos das bin ibn al el abu ben st ter ten mac o',
  premises: 'flat apt apartment suite unit room floor box house',
  ageLabel: 'aged age ages turning turned',
}

/** Every hand-kept word by its hash, with all its kinds. */
export const kinds: ReadonlyMap<number, number> = (() => {
  const found = new Map<number, number>()
  for (const [name, list] of Object.entries(lists))
    for (const word of list.split(' ')) {
      const hash = hashWord(word)
      found.set(hash, (found.get(hash) ?? 0) | kind[name as keyof typeof kind])
    }
  return found
})()
