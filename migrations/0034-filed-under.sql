-- The keys that stand in match_key for each entry, so that a change or a disposal takes out exactly those, whichever version of matching/ made them.
-- An index over every key by its entry told the same; it cost as much in feeding as the index that is searched, and more room than this.
create table register.filed_under (
  entry_id bigint primary key,
  keys bigint[] not null
);
alter table register.filed_under enable row level security;
create policy system_only on register.filed_under using (platform.acting_as_system()) with check (platform.acting_as_system());
insert into register.filed_under (entry_id, keys) select entry_id, array_agg(k order by k) from register.match_key group by entry_id;
drop index register.match_key_entry;
