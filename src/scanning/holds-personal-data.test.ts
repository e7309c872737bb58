import { describe, expect, test } from 'vitest'
import { classifyItems, holdsPersonalData, namesPerson } from './index.ts'

describe('does a message hold personal data', () => {
  test('CUM-1: a child’s name, a birth date, a home address and an NHS number are personal data', () => {
    for (const text of [
      'Aisha Khan was seen at school.',
      'The child was born on 14/03/2012.',
      'Please visit the family at 14 Mill Lane, Kirkvale today.',
      'NHS 943 476 5919 did not attend.',
    ])
      expect(holdsPersonalData(text).holds).toBe(true)
  })

  test('the names by which a message greets and signs do not make it personal', () => {
    const text =
      'Hi Sarah,\n\nThe meeting is on 14 March at the Civic Centre, High Street, Kirkvale KV1 1AA.\n\nKind regards\nDave Jones\nTeam Manager\nTel 01632 960123'
    expect(holdsPersonalData(text)).toEqual({ holds: false, because: [] })
  })

  test('a child named after the signature of an earlier message is still found', () => {
    const text =
      'Thanks\nDave\n\n-----Original Message-----\nFrom: Sarah Jones\n\nI am worried about Aisha Khan, she has a bruise.'
    expect(holdsPersonalData(text).because.map((span) => span.text)).toContain('Aisha Khan')
  })

  test('CUM-25: initials and agreed references are no personal data', () => {
    expect(holdsPersonalData('Child J.S. (ref 12345) is well and at school.').holds).toBe(false)
  })
})

describe('words that are names and months, seasons, virtues, plants or verbs besides', () => {
  test.each([
    'The duty rota for June is attached.',
    'Rota: May – Karen; June – Steve; July – Anita.',
    'Mark the date: the fair is on 6 July.',
    'Grace period for the old laptops ends on 30 September.',
    'April and May figures are in the dashboard.',
    'Will you be at the away day? May I have numbers by Friday.',
    'Who has the key? April’s order has come.',
    'Please lock the Florence Nightingale suite after use.',
    'All wards bar Rowan, Hazel and Heather have replied.',
    'Summer working hours start on Monday.',
    'Grant applications close in November.',
    'Following the Laming and Munro reviews the threshold is revised.',
  ])('%s: nobody is named', (text) => {
    expect(holdsPersonalData(text)).toEqual({ holds: false, because: [] })
  })

  test.each([
    ['June was seen by the school nurse, she has lost more weight since Easter.', 'June'],
    ['Can we talk about Summer? She came in without a coat.', 'Summer'],
    ['I have just spoken with Summer’s social worker.', 'Summer'],
    ['April told her teacher what happens at home.', 'April'],
    ['Faith’s mum is in hospital.', 'Faith'],
    ['Destiny has been groomed by somebody who says that he is 17.', 'Destiny'],
    ['The assessment for Precious Mwale is overdue.', 'Precious Mwale'],
    ['its about tomasz he is sleeping in class', 'tomasz'],
    ['The Ncube children have not been seen.', 'Ncube'],
    ['August has not gained weight, he is feeding badly.', 'August'],
  ])('CUM-1: %s names somebody', (text, name) => {
    expect(holdsPersonalData(text).because.map((span) => span.text)).toContain(name)
  })
})

describe('CUM-48: does a file’s name identify a person', () => {
  test.each([
    'Julia Smith.doc',
    'julia_smith.docx',
    'AishaKhan.pdf',
    'chronology KHAN, Yusuf.doc',
    '943 476 5919.pdf',
    'Jones family.docx',
  ])('%s does', (name) => {
    expect(namesPerson(name).identifies).toBe(true)
  })

  test.each([
    '20120910.zip',
    'minutes March 2024.docx',
    'Referral form.docx',
    'Safeguarding Policy v2.pdf',
    'IMG_20240301.jpg',
    'Will.docx',
    'April rota.xls',
    'reference 12345.zip',
  ])('%s does not', (name) => {
    expect(namesPerson(name).identifies).toBe(false)
  })

  test('what is found is named with its place in the name as given', () => {
    const name = 'smith_julia_CP report.docx'
    for (const span of namesPerson(name).because) expect(name.slice(span.start, span.end)).toBe(span.text)
  })
})

describe('which items does a text hold', () => {
  test('health, belief, offence and registration are told apart, each with its words', () => {
    const text =
      'Aisha, born 3/4/2012, is a Muslim with asthma. Her stepfather was convicted of theft. She is subject to a child protection plan.'
    const items = classifyItems(text)
    for (const found of items) expect(text.slice(found.start, found.end)).toBe(found.text)
    expect(new Set(items.map((found) => found.item))).toEqual(
      new Set(['name', 'date-of-birth', 'belief', 'health', 'family', 'offence', 'registration']),
    )
  })

  test('what a text denies it does not hold', () => {
    expect(classifyItems('There are no concerns and no convictions.').map((found) => found.item)).toEqual([])
  })
})
