-- A search may go to a read replica only when that has replayed every change of the registers that is committed here. Every statement that changes an entry or a key
-- counts, in its own transaction; a replica whose counts are as high has it all, for it replays commits in their order. One line for each who write at the same
-- time, so that nobody waits for another; one step a transaction.
create table register.change (
  line int generated always as identity primary key,
  steps bigint not null,
  by_transaction xid8 not null
);
revoke all on register.change from safehaven_app;

create function register.note_change() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from register.change where by_transaction = pg_current_xact_id()) then
    return null;
  end if;
  update register.change set steps = steps + 1, by_transaction = pg_current_xact_id()
    where line = (select line from register.change order by line limit 1 for update skip locked);
  if not found then
    insert into register.change (steps, by_transaction) values (1, pg_current_xact_id());
  end if;
  return null;
end $$;
create trigger note_change after insert or update or delete or truncate on register.entry for each statement execute function register.note_change();
create trigger note_change after insert or update or delete or truncate on register.match_key for each statement execute function register.note_change();

-- What is committed here, for whoever searches, and how many entries all registers hold; the system alone is answered.
create function register.changes(out seen jsonb, out population bigint)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not platform.acting_as_system() then
    return;
  end if;
  select coalesce(jsonb_object_agg(line, steps), '{}') into seen from register.change;
  select coalesce(sum(entries), 0) into population from register.standing;
end $$;

-- Whether all of that is here too, and this is still a replica.
create function register.has_changes(seen jsonb) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select pg_is_in_recovery() and not exists (
    select from jsonb_each_text(seen) as one (line, steps)
      left join register.change on change.line = one.line::int
    where change.steps is null or change.steps < one.steps::bigint)
$$;
