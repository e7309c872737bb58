import { command, UsageError } from '../../cli/index.ts'

export const agreementList = command({
  name: 'agreement list',
  summary: 'lists the register of agreements, the next review first',
  audit: 'agreement.list',
  needs: 'database',
  options: { due: { summary: 'only those whose review is due within 60 days or overdue' } },
  async run(io, { due }, ctx) {
    const { reviewState } = await import('../agreements.ts')
    const { listAgreements } = await import('../store/agreements.ts')
    const today = ctx.now.toISOString().slice(0, 10)
    for (const agreement of await listAgreements(ctx.tx)) {
      const review = reviewState(agreement, today)
      if (due && review.state !== 'due' && review.state !== 'overdue') continue
      await io.answer(
        { ...agreement, review },
        () =>
          `${agreement.id}  ${agreement.title}, review ${agreement.reviewOn} (${review.state}), ${agreement.parties.length} parties`,
      )
    }
  },
})

export const agreementShow = command({
  name: 'agreement show',
  summary: 'shows one agreement with its parties',
  audit: 'agreement.read',
  needs: 'database',
  arguments: { id: { summary: 'its id' } },
  async run(io, { id }, ctx) {
    const { agreementById } = await import('../store/agreements.ts')
    const agreement = await agreementById(ctx.tx, id)
    if (agreement === undefined) throw new UsageError(`There is no agreement ${id}. See: safehaven agreement list`)
    ctx.about(id)
    await io.answer(agreement, () =>
      [
        `${agreement.title}, signed ${agreement.signedOn}, review ${agreement.reviewOn}, owner ${agreement.owner} (${agreement.ownerContact})`,
        ...agreement.parties.map(
          (one) =>
            `  ${one.agencyName}${one.teamName === undefined ? '' : `, ${one.teamName} only`}: signed by ${one.signedBy}`,
        ),
      ].join('\n'),
    )
  },
})

export const agreementReviewed = command({
  name: 'agreement reviewed',
  summary: 'records that an agreement was reviewed, and when it is due again',
  audit: 'agreement.reviewed',
  needs: 'database',
  arguments: { id: { summary: 'its id' } },
  options: { next: { value: 'DAY', summary: 'the next review, YYYY-MM-DD', required: true } },
  async run(io, { id, next }, ctx) {
    const { agreementById, keepAgreement } = await import('../store/agreements.ts')
    const agreement = await agreementById(ctx.tx, id)
    if (agreement === undefined) throw new UsageError(`There is no agreement ${id}. See: safehaven agreement list`)
    if (
      !/^\d{4}-\d{2}-\d{2}$/.test(next) ||
      Number.isNaN(Date.parse(next)) ||
      next <= ctx.now.toISOString().slice(0, 10)
    )
      throw new UsageError('--next takes a day that lies ahead, such as 2027-03-27.')
    await keepAgreement(ctx.tx, { ...agreement, reviewOn: next }, agreement.version)
    ctx.about(id, { next })
    await io.answer(await agreementById(ctx.tx, id), () => `${agreement.title}: next review on ${next}.`)
  },
})
