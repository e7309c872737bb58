-- Five million entries out of one million that measure.ts has loaded (run with --folder, then this through psql as the owner): each child
-- four times more, under other local ids. Keys that four or more entries share (names, places) stay as they are, so that what is common grows as
-- it would; the others are made other keys. What it is for: size and time. Recall is not judged on it.
set work_mem = '1500MB';
set maintenance_work_mem = '2GB';
set session_replication_role = replica;
create unlogged table public.shared as select k from register.match_key group by k having count(*) >= 4;
analyze public.shared;
create unlogged table public.mk as
  select case when s.k is not null or c = 0 then m.k else (m.k # (c::bigint * 812345678901)) & 4503599627370495 end as k,
    m.entry_id + c * 1000000 as entry_id
  from register.match_key m left join public.shared s on s.k = m.k cross join generate_series(0, 4) c;
create index mk_k on public.mk (k, entry_id);
vacuum analyze public.mk;
insert into register.entry (id, authority, local_id, parts, record, prepared, named, shielded, changed_at) overriding system value
  select id + c * 1000000, authority, local_id || '~' || c, parts, record, prepared, named, shielded, changed_at
  from register.entry cross join generate_series(1, 4) c where id <= 1000000;
vacuum analyze register.entry;
begin;
drop table register.match_key;
alter table public.mk set schema register;
alter table register.mk rename to match_key;
alter table register.match_key enable row level security;
create policy system_only on register.match_key using (platform.acting_as_system()) with check (platform.acting_as_system());
grant select on register.match_key to safehaven_app;
update register.standing set entries = 1000000;
commit;
