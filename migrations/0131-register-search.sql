-- The two statements of a search, each one answer: planned once by each connection, past row security that would be asked for every row, and open to the system
-- alone, which the register's search acts as.

-- The entries that share the rarest and the most of these keys, with the words of matching/: id (8 bytes), their length (4, below 0 where the entry is
-- shielded), the words. A key under which a hundred or more stand says little and costs most: it is told in full_keys and counts only where `everything` is asked.
create function register.sharing(keys bigint[], at_most int, everything boolean)
  returns table (population bigint, full_keys bytea, packed bytea)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not platform.acting_as_system() then
    return;
  end if;
  return query
    with standing_under as (
      select sought.k, array(select entry_id from register.match_key where match_key.k = sought.k order by match_key.k, entry_id limit 100) as ids
      from unnest(keys) as sought (k)
    ), ranked as (
      select one.id from standing_under cross join unnest(standing_under.ids) as one (id)
      where everything or cardinality(standing_under.ids) < 100
      group by one.id order by sum(720720 / cardinality(standing_under.ids)) desc, one.id limit at_most
    )
    select (select coalesce(sum(entries), 0)::bigint from register.standing),
      (select string_agg(int8send(k), ''::bytea) from standing_under where cardinality(ids) >= 100),
      (select string_agg(int8send(entry.id) || int4send(case when shielded then -length(prepared) else length(prepared) end) || prepared, ''::bytea)
        from ranked join register.entry on entry.id = ranked.id where removed_at is null);
end $$;
revoke execute on function register.sharing from public;
grant execute on function register.sharing to safehaven_app;

-- What stands in these entries, in no order.
create function register.details(ids bigint[])
  returns table (id bigint, authority text, local_id text, record text, shielded boolean, version int)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not platform.acting_as_system() then
    return;
  end if;
  return query select entry.id, entry.authority, entry.local_id, entry.record::text, entry.shielded, entry.version
    from register.entry where entry.id = any (ids);
end $$;
revoke execute on function register.details from public;
grant execute on function register.details to safehaven_app;
