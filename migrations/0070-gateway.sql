-- The mail gateway: what was handed in, what it was found to be, and what became of it for each of its recipients.
create schema gateway;

create table gateway.message (
  id uuid primary key,
  reference text not null unique,               -- read out over the telephone, stands in alerts; tells nothing
  at timestamptz not null,
  agency text not null,
  sender_user text not null,
  sender_name text not null,
  sender_address text not null,
  digest text not null,                         -- of sender, recipients and bytes: the same handed in twice is one message
  action text not null check (action in ('deliver', 'convert', 'hold', 'reject')),
  state text not null check (state in ('going', 'held', 'done', 'refused', 'withdrawn')),
  rules text[] not null,                        -- cited by what was found; no content
  sealed_raw bytea,                             -- the bytes as they were handed in; none for what was refused
  sealed_seen bytea not null,                   -- what was found and where, for the page; sealed
  protocol text not null,
  decision uuid references protocols.decision,  -- absent: it could not be read, so there was nothing to decide
  version int not null default 1,               -- two people settling the same message: the second is told
  settled_at timestamptz, settled_by text, settled_name text, settled_why text,
  check (state = 'refused' or state = 'withdrawn' or sealed_raw is not null)
);
create index on gateway.message (sender_user, at desc);
create index on gateway.message (agency, state, at desc);
create index on gateway.message (digest, at);

-- One line for each recipient of the envelope, which ends in exactly one of: sent, converted, withdrawn, refused, uncertain.
create table gateway.recipient (
  message uuid not null references gateway.message on delete cascade,
  place int not null,                           -- its place in the disclosure
  address text not null,
  way text not null check (way in ('mail', 'transfer')),
  route text,
  state text not null check (state in ('held', 'waiting', 'sending', 'sent', 'converted', 'withdrawn', 'refused', 'uncertain')),
  -- Set in a transaction of its own just before the first byte leaves: with it a crash means "perhaps sent"; without it, surely not.
  handed_at timestamptz,
  detail text not null default '',
  consignment text,                             -- the custody chain of what was converted
  changed_at timestamptz not null,
  primary key (message, place),
  check ((state = 'converted') = (consignment is not null))
);
create index on gateway.recipient (state, changed_at) where state in ('waiting', 'sending');
create index on gateway.recipient (lower(address));

-- What a mail program signs in with: made by us, shown once. A relay's opens the gateway to an agency's own mail server, for its users.
create table gateway.mail_password (
  id uuid primary key,
  kind text not null check (kind in ('user', 'relay')),
  agency text not null,
  user_id text not null,                        -- whose it is; of a relay: who made it
  name text not null unique,                    -- what is signed in with
  label text not null,
  hash text not null,                           -- argon2id
  made_at timestamptz not null,
  used_at timestamptz,
  ended_at timestamptz
);
create index on gateway.mail_password (user_id) where ended_at is null;

alter table gateway.message enable row level security;
create policy own_agency on gateway.message using (platform.acting_as_system() or agency = platform.acting_agency());
alter table gateway.recipient enable row level security;
create policy own_agency on gateway.recipient using (platform.acting_as_system()
  or exists (select from gateway.message m where m.id = recipient.message));
alter table gateway.mail_password enable row level security;
create policy own_agency on gateway.mail_password using (platform.acting_as_system() or agency = platform.acting_agency());
