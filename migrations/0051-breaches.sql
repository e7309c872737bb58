-- Breaches and near misses (CUM-47): noticed, looked into, reported to the Information Commissioner within 72 hours where people are at risk.
create table transfer.breach (
  id uuid primary key,
  agency text not null,
  kind text not null check (kind in ('breach', 'near-miss')),
  noticed_at timestamptz not null,
  what text not null,
  lesson text not null default '',
  dispatch uuid references transfer.dispatch on delete set null,
  risk boolean not null,                -- likely to be a risk to people's rights
  told_by text not null,
  told_by_name text not null,
  report_due timestamptz,               -- only of a breach with a risk
  closed_at timestamptz,
  closed_by_name text,
  reported boolean,                     -- to the Commissioner
  outcome text,
  check ((report_due is not null) = (kind = 'breach' and risk)),
  check ((closed_at is null) = (outcome is null))
);
create index on transfer.breach (agency, noticed_at desc);
alter table transfer.breach enable row level security;
create policy own on transfer.breach using (platform.acting_as_system() or agency = platform.acting_agency());
