-- The sender's own copy of what went (CUM-23, CUM-32): it is to be taken out of the mailbox, by the gateway where the mailbox is connected.
create table gateway.mailbox (
  user_id text primary key,
  agency text not null,
  host text not null, port int not null check (port in (143, 993) or port > 1023),
  name text not null,                           -- what is signed in with
  sealed_password bytea not null,
  made_at timestamptz not null,
  worked_at timestamptz,                        -- last time that it could be opened
  trouble text not null default '',             -- why it could not, for the user
  tried_at timestamptz
);

-- One line for each message that went, owed or not; with `due` as its clock.
create table gateway.tidying (
  message uuid primary key references gateway.message on delete cascade,
  agency text not null,
  sender_user text not null,
  state text not null check (state in ('not-owed', 'owed', 'done')),
  cites text[] not null default '{}',
  due timestamptz not null,
  message_id text,                              -- by which it is found in the mailbox; absent: by hand only
  done_at timestamptz, done_by text, detail text not null default '',
  check ((state = 'done') = (done_at is not null))
);
create index on gateway.tidying (sender_user, due) where state = 'owed';

alter table gateway.mailbox enable row level security;
create policy own on gateway.mailbox using (platform.acting_as_system() or user_id = platform.acting_user());
alter table gateway.tidying enable row level security;
create policy own_agency on gateway.tidying using (platform.acting_as_system() or agency = platform.acting_agency());
