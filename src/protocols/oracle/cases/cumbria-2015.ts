import { given } from './case.ts'
import { mail, make, zipped } from './cumbria-2015-usual.ts'

export const cumbria2015 = [
  make('the day before it is in force', { on: '2015-11-30' }, { outcome: 'refuse' }),
  make('the first day in force', { on: '2015-12-01' }, { outcome: 'share', route: 'portal' }),
  make(
    'CUM-10: the portal before e-mail',
    {},
    {
      outcome: 'share',
      level: 'personal',
      route: 'portal',
      open: ['encrypted-attachment'],
      closed: ['email', 'secure-email', 'internal-email', 'text', 'fax'],
      cites: ['CUM-28'],
    },
  ),
  make(
    'CUM-10, 11: a zip is proposed, nothing confirmed',
    { route: 'encrypted-attachment' },
    {
      outcome: 'hold',
      route: 'encrypted-attachment',
      needs: ['no-more-secure-route', 'significant-need'],
      cites: ['CUM-10', 'CUM-11'],
    },
  ),
  make(
    'CUM-28: a zip, all confirmed',
    { ...zipped },
    {
      outcome: 'share',
      route: 'encrypted-attachment',
      obligations: [
        'encrypt-aes-256',
        'new-password',
        'password-by-another-route',
        'neutral-file-names',
        'disclaimer',
        'delete-protected-copy',
        ...mail,
      ],
    },
  ),
  make(
    'CUM-28: ordinary e-mail is closed for personal information',
    { route: 'email' },
    { outcome: 'share', route: 'portal', closed: ['email'] },
  ),
  make(
    'CUM-33: outside an agreement, nobody authorised',
    { drop: ['agreement'] },
    { outcome: 'share', route: 'portal', closed: ['encrypted-attachment'], cites: ['CUM-33'] },
  ),
  make(
    'CUM-33: outside an agreement, authorised',
    { drop: ['agreement'], authorisedBy: 'M Dunn' },
    { outcome: 'share', route: 'portal', open: ['encrypted-attachment'] },
  ),
  make('CUM-33: an empty agreement is none', { agreement: '' }, { outcome: 'share', closed: ['encrypted-attachment'] }),
  make(
    'CUM-33: outside an agreement, a zip proposed',
    { drop: ['agreement'], ...zipped },
    { route: 'portal', closed: ['encrypted-attachment'] },
  ),
  make(
    'CUM-33: lifted by significant harm',
    { drop: ['agreement'], risk: 'significant-harm' },
    { outcome: 'share', open: ['portal', 'encrypted-attachment'] },
  ),
  make(
    'CUM-33: lifted by imminent harm',
    { drop: ['agreement'], risk: 'imminent-harm' },
    {
      outcome: 'share',
      open: ['encrypted-attachment'],
      obligations: ['call-hub', 'written-follow-up'],
      cites: ['CUM-7', 'CUM-8'],
    },
  ),
  make('CUM-7: no harm, no call', {}, { notObligations: ['call-hub', 'written-follow-up'] }),
  make(
    'silence: consent is never asked',
    { consent: [{ ...given, state: 'withdrawn', told: [] }] },
    { outcome: 'share', notNeeds: ['consent', 'ground'] },
  ),
  make(
    'CUM-15: no need to know',
    { to: { needToKnow: undefined } },
    { outcome: 'hold', needs: ['need-to-know'], route: 'portal', cites: ['CUM-15'] },
  ),
  make(
    'CUM-15: an empty need to know is none',
    { to: { needToKnow: '   ' } },
    { outcome: 'hold', needs: ['need-to-know'] },
  ),
  make(
    'CUM-15: imminent harm does not lift need to know',
    { to: { needToKnow: undefined }, risk: 'imminent-harm' },
    { outcome: 'hold', needs: ['need-to-know'] },
  ),
  make(
    'CUM-15: need to know confirmed',
    { to: { needToKnow: undefined }, confirmed: ['need-to-know'] },
    { outcome: 'share' },
  ),
  make(
    'CUM-4: the balance not answered',
    { drop: ['proportionate'] },
    { outcome: 'hold', needs: ['proportionality'], cites: ['CUM-4'] },
  ),
  make('CUM-4: the balance answered no', { proportionate: false }, { outcome: 'hold', needs: ['proportionality'] }),
  make(
    'CUM-5: harm lifts the balance',
    { drop: ['proportionate'], risk: 'significant-harm' },
    { outcome: 'share', notNeeds: ['proportionality'] },
  ),
  make(
    'CUM-12: a distribution list',
    { to: { list: true } },
    { outcome: 'hold', needs: ['list-checked'], cites: ['CUM-12'] },
  ),
  make(
    'CUM-12: a list, checked',
    { to: { list: true }, confirmed: ['list-checked'] },
    { outcome: 'share', notNeeds: ['list-checked'] },
  ),
  make(
    'CUM-12: imminent harm does not check a list',
    { to: { list: true }, risk: 'imminent-harm' },
    { outcome: 'hold', needs: ['list-checked'] },
  ),
  make(
    'CUM-14: a zip to someone without a role',
    { ...zipped, to: { role: undefined } },
    { outcome: 'hold', needs: ['role-of-recipient'], cites: ['CUM-14'] },
  ),
  make(
    'CUM-18: a zip with a thread below',
    { ...zipped, message: { thread: 'From: school. Re: the family.' } },
    { outcome: 'hold', needs: ['thread-check'], cites: ['CUM-18'] },
  ),
  make(
    'CUM-18: the thread checked',
    { ...zipped, confirmed: [...zipped.confirmed, 'thread-check'], message: { thread: 'x' } },
    { outcome: 'share' },
  ),
  make(
    'CUM-18: imminent harm does not check the thread',
    { ...zipped, risk: 'imminent-harm', message: { thread: 'x' } },
    { outcome: 'hold', needs: ['thread-check'] },
  ),
  make('silence: a member of the public', { to: { kind: 'public' } }, { outcome: 'refuse', level: 'none' }),
]
