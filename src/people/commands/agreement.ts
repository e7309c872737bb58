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
