-- An auditor has looked at how somebody asks the registers, and says what was found. It covers what stood out up to a moment; what stands out later is open
-- again. None is changed or deleted.
create table register.looked_at (
  id uuid primary key,
  agency text not null,
  asker text not null,
  up_to timestamptz not null,
  found text not null,
  by_id text not null,
  by_name text not null,
  at timestamptz not null
);
create index looked_at_asker on register.looked_at (agency, asker, up_to desc);
alter table register.looked_at enable row level security;
create policy own_agency on register.looked_at using (platform.acting_as_system() or agency = platform.acting_agency())
  with check (agency = platform.acting_agency());
revoke update, delete on register.looked_at from safehaven_app;

-- Somebody disagrees with what an entry says, and it is not settled: each agency keeps it beside the information (BEX-56). It belongs to the agency that keeps
-- it, and is read by the register whose entry it is about; past the wall it goes out only with the item that it is about.
create table register.disagreement (
  id uuid primary key,
  entry_id bigint not null references register.entry,
  agency text not null,
  agency_name text not null,
  item text not null,
  who text not null,                       -- what they are to the child, such as "the mother"
  words text not null,
  kept_by text not null,
  kept_by_name text not null,
  at timestamptz not null,
  settled_at timestamptz,
  settled_by_name text,
  settled_words text,
  check ((settled_at is null) = (settled_words is null))
);
create index disagreement_entry on register.disagreement (entry_id, at);
alter table register.disagreement enable row level security;
create policy either_side on register.disagreement
  using (platform.acting_as_system() or agency = platform.acting_agency() or exists (select from register.entry where entry.id = entry_id))
  with check (platform.acting_as_system() or agency = platform.acting_agency());
revoke delete on register.disagreement from safehaven_app;

alter table register.notice drop constraint notice_kind_check;
alter table register.notice add constraint notice_kind_check
  check (kind in ('enquiry', 'subscription', 'signal', 'question', 'answer', 'overdue', 'correction', 'disagreement'));
