import { sql, type Tx } from '../../platform/index.ts'

/** How what goes to one agency has gone, by one kind of way. */
export interface Flow {
  readonly to: string
  readonly way: 'electronic' | 'paper' | 'spoken' | 'fax'
  readonly times: number
  /** Of those known to have arrived. */
  readonly arrived: number
  /** Half of them took no longer, in hours from the decision; null where none arrived. */
  readonly hours: number | null
  readonly failed: number
  readonly pence: number
}

/** Electronic ways against post, hand, telephone and fax, for each agency that the actor's own agency sends to (MPS-14). */
export const flowsOf = (tx: Tx, since: Date): Promise<Flow[]> =>
  tx.query<Flow>(sql`
    with sent as (
      select coalesce(d.recipient_agency, d.recipient_name) as "to", d.state,
        case when d.route in ('recorded-post', 'post', 'by-hand') then 'paper' when d.route = 'fax' then 'fax'
          when d.route in ('telephone', 'meeting', 'text') then 'spoken' else 'electronic' end as way,
        (select extract(epoch from min(s.at) - d.created_at) / 3600 from transfer.step s where s.dispatch = d.id
          and s.state in ('arrived', 'read', 'acted-on')) as hours,
        coalesce((select c.pence from transfer.cost c where c.dispatch = d.id), 0) as pence
      from transfer.dispatch d where d.created_at >= ${since})
    select "to", way, count(*)::int as times, count(hours)::int as arrived,
      round((percentile_cont(0.5) within group (order by hours))::numeric, 1)::float as hours,
      (count(*) filter (where state = 'failed'))::int as failed, sum(pence)::int as pence
    from sent group by "to", way order by "to", way`)
