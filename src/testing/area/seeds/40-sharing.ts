import { actorFor, searchDirectory, userByName } from '../../../people/index.ts'
import { type Context, newId } from '../../../platform/index.ts'
import {
  addCall,
  addQuestion,
  answerQuestion,
  claimReport,
  type Draft,
  decideReport,
  declineToShare,
  disclosureForDispatch,
  disclosureRow,
  emptyDraft,
  listOf,
  queueOf,
  recordSent,
  sendDisclosure,
  startDisclosure,
} from '../../../sharing/index.ts'
import { dispatch } from '../../../transfer/index.ts'
import type { CastName } from '../../cast.ts'
import type { Seed } from '../seed-area.ts'
import { REPORTS, STORIES, type Story } from '../stories.ts'

/** Work in every state: begun, held, asked about, to be authorised, overdue, not shared, sent; and a queue at the hub. */
export const seed: Seed = { name: 'sharing', sow: sowWork }

async function sowWork(ctx: Context): Promise<void> {
  await write(ctx, STORIES.begun)
  const held = await write(ctx, STORIES.held)
  await release(ctx, held)
  await release(ctx, await write(ctx, STORIES.sent), true)
  const advice = await write(ctx, STORIES.advice)
  const harriet = await as(ctx, 'harriet', 120)
  await ask(
    advice,
    'advice',
    harriet,
    'A child of 15 has told me something in confidence and asked me to keep it. May I tell the school that she wants support, and leave out why?',
  )
  const answered = newId()
  await ask(
    held,
    'advice',
    harriet,
    'A mother agreed on the telephone. Was I right to want it in writing, and must the child agree too?',
    answered,
  )
  await answerQuestion(
    harriet,
    answered,
    'Her word counts if you told her all five things and wrote it down; for her illness it must be explicit. At 11 he need not agree, but ask him.',
  )
  const authorise = await write(ctx, STORIES.authorise)
  await ask(
    authorise,
    'manager-authorisation',
    await as(ctx, 'bashir', 100),
    'The landlord needs to know about the damp and the asthma. There is no agreement with them for care plans.',
  )
  const refused = await write(ctx, STORIES.notShared)
  const row = await disclosureRow(refused.ctx.tx, refused.id)
  await declineToShare(refused.ctx, refused.id, row!.version, {
    reasons: 'The neighbour has no need to know, and nothing points to harm.',
    instead: 'Told the caller how to report a worry. Nothing further.',
  })
  await sowOverdue(ctx)
  for (const report of REPORTS) await release(ctx, await write(ctx, report), true)
  await workQueue(ctx)
}

interface Written {
  readonly id: string
  readonly ctx: Context
}

/** Someone of the cast, some minutes ago. */
export async function as(ctx: Context, username: CastName, minutes: number): Promise<Context> {
  const person = await userByName(ctx.tx, username)
  if (person === undefined) throw new Error(`nobody of the cast is called ${username}`)
  return { ...ctx, actor: actorFor(person), now: new Date(ctx.now.getTime() - minutes * 60_000) }
}

export async function write(ctx: Context, story: Story): Promise<Written> {
  const worker = await as(ctx, story.worker, story.minutes)
  const draft = await draftOf(worker, story)
  return { ctx: worker, id: await startDisclosure(worker, { form: story.form ?? 'referral', draft }) }
}

async function draftOf(ctx: Context, story: Story): Promise<Draft> {
  const day = ctx.now.toISOString().slice(0, 10)
  const recipients = await Promise.all(
    story.to.map(async (name) => {
      const entry = (await searchDirectory(ctx, name, { limit: 1 }))[0]
      if (entry === undefined) throw new Error(`the invented directory has nobody called ${name}`)
      const { id, kind, role, agencyName } = entry
      return {
        key: `r-${id.slice(0, 30)}`,
        entryId: id,
        name: entry.name,
        kind,
        part: 'assesses' as const,
        needToKnow: story.need,
        ...(role === undefined ? {} : { role }),
        ...(agencyName === undefined ? {} : { agency: agencyName }),
      }
    }),
  )
  const yes = { answer: 'yes' as const, facts: '' }
  const draft: Draft = {
    ...emptyDraft(),
    worry: {
      words: story.worry,
      risk: story.risk,
      urgent: story.risk === 'imminent-harm',
      reachedOn: day,
      purpose: story.purpose,
    },
    people: [
      { key: 'p-child', part: 'child', name: story.child.name, age: story.child.age, addedOn: day },
      ...(story.mother === undefined
        ? []
        : [
            {
              key: 'p-mother',
              part: 'adult' as const,
              name: story.mother.name,
              age: story.mother.age,
              relation: 'mother',
              family: true,
              addedOn: day,
            },
          ]),
    ],
    items:
      story.to.length === 0
        ? []
        : [
            { item: 'name', parts: [], why: 'So that they know which child' },
            ...(Object.entries(story.words) as [Draft['items'][number]['item'], string][]).map(([item, words]) => ({
              item,
              parts: [
                {
                  section:
                    item === 'incident-detail' ? (story.form === 'police-report' ? 'circumstances' : 'happened') : item,
                  words,
                },
              ],
              why: 'So that they can judge what is needed',
            })),
          ],
    recipients,
    ...(story.form === undefined
      ? {}
      : {
          report: {
            number: `FD-${story.minutes}-26`,
            officer: 'Piotr Nowak, PC 4417',
            occurredOn: day,
            place: 'Kirkvale',
            notice: story.notice ?? 'Other',
            factors: [],
            actions: 'Safeguarded at the scene.',
            rag: story.rag ?? 'green',
          },
        }),
    ...(story.risk === 'none'
      ? {
          family: { reviewedOn: day, note: '' },
          basis: 'without' as const,
          ground: {
            id: 'duty-16LA' as const,
            facts: 'Bears on the child’s welfare and on what they do for it.',
            riskInAsking: 'Nobody could be reached in time.',
          },
        }
      : {}),
    harm: {
      context: story.worry,
      development: 'Not known',
      'special-needs': 'None known',
      nature: 'See the concern',
      impact: 'Frightened',
      care: 'In doubt',
    },
    protect: {
      evidence: { answer: 'yes', facts: 'What was seen' },
      belief: { answer: 'yes', facts: 'What was said' },
      prevents: { answer: 'yes', facts: 'They can act' },
      others: { answer: 'not-known', facts: '' },
    },
    six: { necessary: yes, proportionate: yes, relevant: yes, accurate: yes, timely: yes, secure: yes },
    balance: {
      ifShared: 'The family may be upset.',
      ifNot: 'The child goes on without help.',
      proportionate: true,
      harmsMore: false,
    },
    ...story.more,
  }
  const checked = {
    note: 'The list was checked, each person by name, role and address.',
    by: ctx.actor.name,
    at: ctx.now.toISOString(),
    of: listOf(draft),
  }
  const { basis: _basis, ground: _ground, ...unasked } = draft
  // What is held waits for consent that nobody has recorded yet.
  const settled = story === STORIES.held ? unasked : draft
  return {
    ...settled,
    confirmed: [
      ...settled.confirmed,
      { ...checked, need: 'recipient-check' },
      { ...checked, need: 'role-of-recipient' },
    ],
  }
}

/** Asks for it to go; with `gone`, hands it to transfer at once, as the job of the next second would. */
export async function release(ctx: Context, { id, ctx: worker }: Written, gone = false): Promise<void> {
  const row = await disclosureRow(worker.tx, id)
  const sending = await sendDisclosure(worker, id, { version: row!.version })
  if (!gone) return
  if (sending.kind !== 'decided') throw new Error(`a disclosure of the invented area was to go and is ${sending.kind}`)
  const system = { ...ctx, now: worker.now }
  const found = await disclosureForDispatch(system, id)
  if (found !== undefined) await dispatch(system, found)
  await recordSent(system, id)
}

async function ask(
  { id, ctx }: Written,
  kind: 'advice' | 'manager-authorisation',
  of: Context,
  question: string,
  questionId = newId(),
): Promise<void> {
  const facts = {
    purpose: 'As chosen by the worker',
    risk: 'No sign of significant harm',
    children: [],
    information: [],
    recipients: [],
    version: 1,
  }
  await addQuestion(ctx, {
    id: questionId,
    disclosure: id,
    kind,
    askedOf: of.actor.id,
    askedOfName: of.actor.name,
    question,
    facts,
  })
}

async function sowOverdue(ctx: Context): Promise<void> {
  const { id, ctx: martha } = await write(ctx, STORIES.overdue)
  await addCall(martha, id, {
    id: newId(),
    madeAt: martha.now,
    telephone: '01632 960110',
    spokenTo: 'Duty desk',
    told: STORIES.overdue.worry,
    understood: 'May be taken out of the country tonight',
    decision: 'Police told; ports alerted',
    action: 'Grace Okafor rang the mother',
  })
}

/** One report is decided and one taken up; the others wait, and one of them is overdue. */
async function workQueue(ctx: Context): Promise<void> {
  const grace = await as(ctx, 'grace', 5)
  const waiting = await queueOf(ctx.tx, 'kirkvale', 'waiting', undefined)
  const [green, amber] = [waiting.find((one) => one.rag === 'green'), waiting.find((one) => one.rag === 'amber')]
  if (green !== undefined)
    await decideReport(grace, green.id, green.version, {
      understood: 'Not a safeguarding matter',
      outcome: 'Advice given',
      action: 'Letter to the parents about the park scheme',
      assignedTo: 'Grace Okafor',
    })
  if (amber !== undefined) await claimReport(grace, amber.id, amber.version)
}
