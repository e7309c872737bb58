-- The same answer as before (0131), with less work: what stands under the keys is laid out in one pass, not key by key into a store of its own.
create or replace function register.sharing(keys bigint[], at_most int, everything boolean)
  returns table (population bigint, full_keys bytea, packed bytea)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not platform.acting_as_system() then
    return;
  end if;
  return query
    with standing_under as materialized (
      select sought.k, array(select entry_id from register.match_key where match_key.k = sought.k order by match_key.k, entry_id limit 100) as ids
      from unnest(keys) as sought (k)
    ), told as (
      select ids, 720720 / cardinality(ids) as says from standing_under
      where cardinality(ids) between 1 and case when everything then 100 else 99 end offset 0
    ), ranked as (
      select one.id from (select unnest(ids) as id, says from told) as one
      group by one.id order by sum(one.says) desc, one.id limit at_most
    )
    select (select coalesce(sum(entries), 0)::bigint from register.standing),
      (select string_agg(int8send(k), ''::bytea) from standing_under where cardinality(ids) >= 100),
      (select string_agg(int8send(entry.id) || int4send(case when shielded then -length(prepared) else length(prepared) end) || prepared, ''::bytea)
        from ranked join register.entry on entry.id = ranked.id where removed_at is null);
end $$;
