-- Transfer: what was decided goes its way, and every hand it passes through is written down.
create schema transfer;

-- One for each disclosure that is sent: what goes, as it was decided. Frozen, so that what arrives is what was decided.
create table transfer.consignment (
  disclosure text primary key,
  sender_user text not null,
  sender_name text not null,
  sender_agency text not null,
  sealed bytea not null,                -- disclosure, decision, letter and list of documents, sealed
  level text not null,
  protocol jsonb not null,              -- id, version, day in force
  at timestamptz not null
);

-- One for each recipient of it. The pair is unique: asking twice sends once.
create table transfer.dispatch (
  id uuid primary key,
  disclosure text not null references transfer.consignment on delete cascade,
  recipient_index int not null,
  reference text not null unique,       -- read out over the telephone, stands on sheets; tells nothing
  recipient_name text not null,         -- the professional or carer it goes to
  recipient_agency text,
  route text not null,
  state text not null check (state in ('prepared', 'sending', 'sent', 'arrived', 'read', 'acted-on', 'failed', 'uncertain')),
  attempt int not null default 1,       -- counts handings-over; a job of an older attempt does nothing
  tried text[] not null default '{}',   -- routes that have failed
  -- Set in a transaction of its own just before the first byte of the content leaves: with it, a crash means "perhaps
  -- sent"; without it, surely not.
  handed_at timestamptz,
  message_id text,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  unique (disclosure, recipient_index)
);
create index on transfer.dispatch (state, changed_at) where state in ('prepared', 'sending', 'sent', 'uncertain');

-- The custody chain: only ever added to.
create table transfer.step (
  id bigint generated always as identity primary key,
  dispatch uuid not null references transfer.dispatch on delete cascade,
  at timestamptz not null,
  what text not null,                   -- such as sent, failed, posted, identity-checked
  state text not null,                  -- of the dispatch after it
  route text not null,
  attempt int not null,
  by_id text not null,
  by_name text not null,                -- as it was at the time
  detail text not null default ''
);
create index on transfer.step (dispatch, id);

-- Everything that is owed, with an owner and a due time; overdue is what is past and not done.
create table transfer.task (
  id uuid primary key,
  disclosure text not null references transfer.consignment on delete cascade,
  dispatch uuid references transfer.dispatch on delete cascade,   -- absent: owed once for the whole disclosure
  kind text not null,                   -- an obligation's id, or what trouble asks for
  text text not null,
  cites text[] not null default '{}',
  owner_user text not null,
  owner_name text not null,
  owner_agency text not null,
  due timestamptz not null,
  created_at timestamptz not null,
  done_at timestamptz,
  done_by text,
  done_by_name text,
  note text,
  check ((done_at is null) = (done_by is null))
);
create unique index on transfer.task (disclosure, coalesce(dispatch::text, ''), kind) where done_at is null;
create index on transfer.task (owner_agency, due) where done_at is null;
create index on transfer.task (dispatch);

-- One password for each handing-over. The fingerprint stays, so that none is used twice (CUM-31); the password itself
-- goes as soon as it was told.
create table transfer.password (
  dispatch uuid not null references transfer.dispatch on delete cascade,
  attempt int not null,
  fingerprint text not null unique,
  sealed bytea,
  made_at timestamptz not null,
  told_at timestamptz,
  told_to text,
  told_by text,
  told_by_name text,
  channel text check (channel in ('telephone', 'meeting', 'by-hand', 'post')),  -- never the channel of the archive (CUM-30)
  primary key (dispatch, attempt)
);

-- What a fallback by post or hand cost, against the agency that had no secure address (MPS-11).
create table transfer.cost (
  dispatch uuid primary key references transfer.dispatch on delete cascade,
  agency text not null,
  pence int not null check (pence between 0 and 10000000),
  at timestamptz not null,
  by_id text not null,
  by_name text not null
);

create trigger append_only before update or truncate on transfer.step for each statement execute function audit.refuse();
revoke update on transfer.step from safehaven_app;

-- A worker sees what their own agency sent. Disposal and jobs act as the system.
alter table transfer.dispatch enable row level security;
alter table transfer.step enable row level security;
alter table transfer.password enable row level security;
alter table transfer.cost enable row level security;
alter table transfer.consignment enable row level security;
create policy own on transfer.consignment
  using (platform.acting_as_system() or sender_agency = platform.acting_agency());
create policy own on transfer.dispatch using (platform.acting_as_system()
  or exists (select from transfer.consignment c where c.disclosure = dispatch.disclosure));
create policy own on transfer.step using (platform.acting_as_system()
  or exists (select from transfer.dispatch d where d.id = step.dispatch));
create policy own on transfer.cost using (platform.acting_as_system()
  or exists (select from transfer.dispatch d where d.id = cost.dispatch));
create policy own on transfer.password using (platform.acting_as_system()
  or exists (select from transfer.dispatch d where d.id = password.dispatch));
alter table transfer.task enable row level security;
create policy own on transfer.task using (platform.acting_as_system() or owner_agency = platform.acting_agency());
