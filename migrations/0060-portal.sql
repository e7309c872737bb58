-- Pages for people outside: what was put there for them, who read it, what they answered.
create schema portal;

-- One message for one recipient: the letter and the list of files are sealed, so that the table alone tells nobody anything.
create table portal.message (
  id uuid primary key,
  dispatch_id uuid not null unique,
  -- whose dispatch it is; only they see the code and may take it back
  agency text not null,
  address text not null,
  sealed bytea not null,
  -- the link in the invitation, and the code that is given by telephone: only their fingerprints are compared
  link_fingerprint text not null unique,
  code_sealed bytea not null,
  code_tries int not null default 0,
  code_told_at timestamptz,
  code_told_by text,
  invited_at timestamptz,
  verified_at timestamptz,
  opened_at timestamptz,
  acted_at timestamptz,
  recalled_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null
);

-- Someone outside who has set a password; known by the address to which they were invited.
create table portal.reader (
  address text primary key,
  password_hash text not null,
  wrong_tries int not null default 0,
  wait_until timestamptz,
  created_at timestamptz not null
);

-- A reader who is signed in, for one message at a time. Only the fingerprint of the cookie is kept.
create table portal.sitting (
  fingerprint text primary key,
  message_id uuid not null references portal.message on delete cascade,
  opened_at timestamptz not null,
  last_seen_at timestamptz not null
);

-- What the reader looked at, and when; the sender sees it.
create table portal.viewing (
  message_id uuid not null references portal.message on delete cascade,
  at timestamptz not null,
  what text not null
);
revoke update, delete on portal.viewing from safehaven_app;

create table portal.reply (
  id uuid primary key,
  message_id uuid not null references portal.message on delete cascade,
  at timestamptz not null,
  acted boolean not null,
  sealed bytea not null
);
revoke update, delete on portal.reply from safehaven_app;

-- Readers have no account of the house: to the database they are nobody. They may touch only what their sitting names, which the
-- application asks; agencies of the house see their own dispatches' messages and no others.
alter table portal.message enable row level security;
create policy own_agency_or_outside on portal.message
  using (platform.acting_as_system() or platform.acting_user() = 'anonymous' or agency = platform.acting_agency())
  with check (platform.acting_as_system() or platform.acting_user() = 'anonymous' or agency = platform.acting_agency());
