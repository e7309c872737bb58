import { insecure, make, plain } from './bexley-2015-usual.ts'
import { given } from './case.ts'

export const bexley2015 = [
  make('the day before it is in force', { on: '2015-04-30' }, { outcome: 'refuse' }),
  make('the first day in force', { on: '2015-05-01' }, { outcome: 'share' }),
  make(
    'explicit consent, all told',
    {},
    {
      outcome: 'share',
      level: 'sensitive',
      route: 'secure-email',
      obligations: ['mark-confidential', 'record-decision'],
      cites: ['BEX-18'],
    },
  ),
  make(
    'BEX-18: consent that is not explicit',
    { consent: [{ ...given, explicit: false }] },
    { outcome: 'hold', needs: ['explicit-consent'], cites: ['BEX-18'] },
  ),
  make(
    'BEX-18: explicit is not asked of personal information',
    { ...plain, consent: [{ ...given, explicit: false }] },
    { outcome: 'share', level: 'personal' },
  ),
  make(
    'BEX-18: sensitive, nobody asked',
    { drop: ['consent'] },
    { outcome: 'hold', needsOneOf: ['explicit-consent', 'consent', 'ground'], cites: ['BEX-18'] },
  ),
  make(
    'BEX-18: an empty list of consents',
    { consent: [] },
    { outcome: 'hold', needsOneOf: ['explicit-consent', 'consent', 'ground'] },
  ),
  make(
    'BEX-18: refused, no ground',
    { consent: [{ ...given, state: 'refused' }] },
    { outcome: 'hold', needs: ['ground'], route: 'secure-email', cites: ['BEX-18'] },
  ),
  make(
    'BEX-18: refused, vital interests',
    { consent: [{ ...given, state: 'refused' }], ground: 'vital-interests' },
    { outcome: 'share', obligations: ['record-ground'], cites: ['BEX-18'] },
  ),
  make(
    'BEX-18: withdrawn, legal proceedings',
    { consent: [{ ...given, state: 'withdrawn' }], ground: 'legal-proceedings' },
    { outcome: 'share' },
  ),
  make(
    'BEX-18: administration of justice',
    { drop: ['consent'], ground: 'administration-of-justice' },
    { outcome: 'share' },
  ),
  make('BEX-18: made public', { drop: ['consent'], ground: 'made-public' }, { outcome: 'share' }),
  make(
    'BEX-18: medical reasons for health',
    { drop: ['consent'], ground: 'medical', information: ['name', 'health'] },
    { outcome: 'share' },
  ),
  make(
    'BEX-18: ethnic monitoring for ethnicity',
    { drop: ['consent'], ground: 'ethnic-monitoring', information: ['ethnicity'] },
    { outcome: 'share' },
  ),
  make('BEX-18: employment law', { drop: ['consent'], ground: 'employment-law' }, { outcome: 'share' }),
  make(
    'BEX-35: public interest is not one of the seven',
    { drop: ['consent'], ground: 'public-interest', purpose: 'crime-prevention' },
    { outcome: 'hold', needsOneOf: ['explicit-consent', 'ground'], cites: ['BEX-18'] },
  ),
  make(
    'BEX-35: public interest opens what is personal',
    { ...plain, drop: ['consent'], ground: 'public-interest', purpose: 'crime-prevention' },
    { outcome: 'share', obligations: ['record-ground'] },
  ),
  make(
    'BEX-4: public interest overrides refusal',
    { ...plain, consent: [{ ...given, state: 'refused' }], ground: 'public-interest' },
    { outcome: 'share' },
  ),
  make(
    'BEX-27: withdrawn, no exemption',
    { ...plain, consent: [{ ...given, state: 'withdrawn' }] },
    { outcome: 'hold', needs: ['ground'], cites: ['BEX-27'] },
  ),
  make(
    'grounds of another protocol do not count: West Yorkshire',
    { drop: ['consent'], ground: 'refused-but-harm' },
    { outcome: 'hold' },
  ),
  make(
    'grounds of another protocol do not count: today',
    { ...plain, drop: ['consent'], ground: 'duty-16LA' },
    { outcome: 'hold' },
  ),
  make(
    'BEX-20: at section 47 consent is no gate',
    { ...plain, drop: ['consent'], purpose: 'section-47' },
    { outcome: 'share' },
  ),
  make(
    'BEX-11: significant harm lifts consent',
    { drop: ['consent', 'proportionate'], risk: 'significant-harm' },
    { outcome: 'share', notNeeds: ['ground', 'explicit-consent', 'proportionality'] },
  ),
  make(
    'BEX-11: harm lifts a refusal',
    { consent: [{ ...given, state: 'refused' }], risk: 'significant-harm' },
    { outcome: 'share' },
  ),
  make(
    'BEX-29: harm does not lift need to know',
    { to: { needToKnow: undefined }, risk: 'imminent-harm' },
    { outcome: 'hold', needs: ['need-to-know'], cites: ['BEX-29'] },
  ),
  make(
    'BEX-41: harm does not open the channel',
    { ...insecure, risk: 'imminent-harm' },
    { closed: ['secure-email', 'encrypted-attachment', 'email', 'portal'] },
  ),
  make(
    'BEX-23: told only why',
    { ...plain, consent: [{ ...given, told: ['why'] }] },
    { outcome: 'hold', needs: ['consent'], cites: ['BEX-23'] },
  ),
  make(
    'BEX-23: four of five',
    { ...plain, consent: [{ ...given, told: ['why', 'how-used', 'with-whom', 'if-given'] }] },
    { outcome: 'hold', needs: ['consent'] },
  ),
  make(
    'BEX-23: for this, not for that',
    { consent: [{ ...given, for: ['name'] }] },
    { outcome: 'hold', needsOneOf: ['explicit-consent', 'consent'] },
  ),
  make('BEX-23: for all that is shared', { consent: [{ ...given, for: ['name', 'offence'] }] }, { outcome: 'share' }),
  make('BEX-23: for nothing', { ...plain, consent: [{ ...given, for: [] }] }, { outcome: 'hold' }),
  make(
    'BEX-21: a fifteen-year-old alone',
    { ...plain, consent: [{ ...given, person: 'child', age: 15 }] },
    { outcome: 'hold', needsOneOf: ['consent', 'ground'], cites: ['BEX-21'] },
  ),
  make(
    'BEX-21: at sixteen for oneself',
    { ...plain, consent: [{ ...given, person: 'child', age: 16 }] },
    { outcome: 'share' },
  ),
  make(
    'BEX-28: sixteen, not competent',
    { ...plain, consent: [{ ...given, person: 'child', age: 16, competent: false }] },
    { outcome: 'hold', cites: ['BEX-28'] },
  ),
  make(
    'BEX-21: one of two adults refuses',
    { ...plain, consent: [given, { ...given, person: 'father', age: 35, state: 'refused' }] },
    { outcome: 'hold', needs: ['ground'], cites: ['BEX-21'] },
  ),
  make(
    'BEX-21: one of two adults was not asked',
    { ...plain, consent: [given, { ...given, person: 'father', age: 35, state: 'not-sought' }] },
    { outcome: 'hold', needs: ['consent'] },
  ),
  make(
    'BEX-36: shared without consent, the balance not weighed',
    { drop: ['proportionate', 'consent'], ground: 'vital-interests' },
    { outcome: 'hold', needs: ['proportionality'], cites: ['BEX-36'] },
  ),
  make(
    'BEX-36: the balance answered no',
    { proportionate: false, drop: ['consent'], ground: 'vital-interests' },
    { outcome: 'hold', needs: ['proportionality'] },
  ),
  make(
    'BEX-13: nothing personal',
    { information: ['statistic'], drop: ['consent', 'proportionate'] },
    { outcome: 'share', level: 'anonymised', cites: ['BEX-13'] },
  ),
  make(
    'BEX-62: one’s own information, asked for by another',
    { consent: [{ ...given, state: 'refused' }], purpose: 'subject-access' },
    { outcome: 'hold', needs: ['ground'] },
  ),
  make('silence: a member of the public', { to: { kind: 'public' } }, { outcome: 'refuse', level: 'none' }),
]
