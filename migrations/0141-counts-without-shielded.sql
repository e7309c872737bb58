-- A shielded entry shows in no count of a feed that another keeper reads: `feed` counts what every keeper of the authority may know of, so that it never differs
-- from the register's own count; what was counted in all is for whoever sent the file, who knows what they sent.
create table register.feed_exact (
  feed_id uuid primary key references register.feed on delete cascade,
  fed_by text not null,
  added int not null,
  changed int not null,
  unchanged int not null,
  removed int not null
);
alter table register.feed_exact enable row level security;
create policy of_the_sender on register.feed_exact
  using (platform.acting_as_system() or fed_by = platform.acting_user()) with check (platform.acting_as_system());

-- What was wrong with a row that shields somebody, or is about somebody who is shielded by now, is shown to whoever sent it and to those the entry names.
alter table register.flaw add column shielded boolean not null default false;
update register.flaw set shielded = true
  where exists (select from jsonb_each_text(row) as cell where cell.key ilike '%shield%' and btrim(cell.value) <> '');
create index flaw_shielded on register.flaw (feed_id) where shielded;
create index flaw_person on register.flaw (feed_id, local_id);
create index entry_shielded on register.entry (authority) where shielded;

-- The local ids of an authority's shielded entries that do not name whoever acts.
create function register.shielded_here(whose text) returns text[]
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select array(select local_id from register.entry where authority = whose and shielded and not exists (
    select from people.user_account one where one.id::text = platform.acting_user() and record -> 'shielded' -> 'visibleTo' ? one.username));
$$;
revoke execute on function register.shielded_here from public, safehaven_app;

-- Whether whoever acts must not read of a flaw. Whoever sent the file knows what stood in it; a live feed is nobody's own.
create function register.flaw_hidden(feed uuid, person text, says_so boolean) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(bool_and((one.live_on is not null or one.fed_by <> platform.acting_user())
    and (says_so or coalesce(person = any (register.shielded_here(one.authority)), false))), true) from register.feed one where one.id = feed;
$$;

-- How many those are, of one feed.
create function register.flaws_hidden(feed uuid) returns table (flagged int, rejected int)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) filter (where not flaw.rejected)::int, count(*) filter (where flaw.rejected)::int
  from register.feed one join register.flaw on flaw.feed_id = one.id
  where one.id = feed and not platform.acting_as_system() and (one.live_on is not null or one.fed_by <> platform.acting_user())
    and (flaw.shielded or flaw.local_id = any (register.shielded_here(one.authority)));
$$;

drop policy of_own_feed on register.flaw;
create policy of_own_feed on register.flaw using (platform.acting_as_system()
  or (exists (select from register.feed where feed.id = feed_id) and not register.flaw_hidden(feed_id, local_id, shielded)));
