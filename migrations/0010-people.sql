-- Agencies, who works there, how they sign in, how they can be reached, what they have been taught and what they have agreed.
create schema people;

-- An authority is an agency that keeps a register; its id is the code by which registers, areas and parties name it.
create table people.agency (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{1,59}$'),
  name text not null check (length(name) between 1 and 200),
  kind text not null,
  keeps_register boolean not null default false,
  area text references people.agency,           -- the authority in whose area it works; empty: the whole area
  within text references people.agency,         -- a school of an academy trust, a surgery of a health trust
  hub_telephone text,                           -- the safeguarding hub, for an authority (CUM-7)
  hub_hours text,
  telephone text, fax text, postal text,
  protocol text,                                -- the written protocol that it works under
  closed_on date,
  version int not null default 1
);

create table people.team (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{1,79}$'),
  agency text not null references people.agency,
  name text not null check (length(name) between 1 and 200)
);

-- What the domain of an address has proved, on which day, and who looked (GOVUK-EMAIL). A domain that is being brought
-- onto a secure channel is "exploring" (MPS-3); what is not here has proved nothing.
create table people.mail_domain (
  domain text primary key,                      -- an A-label, small letters
  tls text, mta_sts boolean, dane boolean, dmarc boolean, accredited boolean,
  checked_on date not null,
  checked_by text not null,
  exploring boolean not null default false,
  note text
);

create table people.user_account (
  id uuid primary key default gen_random_uuid(),
  username text not null check (username = lower(username) and length(username) between 3 and 100),
  name text not null check (length(name) between 1 and 200),
  agency text not null references people.agency,
  team text references people.team,
  job_title text,
  email text,
  roles text[] not null default '{}',           -- the nine of WY-32 and the duties beside them; what they may is in permissions.ts
  area text references people.agency,           -- the authority whose register entries are their own (WY-19)
  authorised_by text,                           -- who authorised them beyond their own area or profession, and why (WY-18)
  authorised_on date,
  manager uuid references people.user_account,
  password_hash text,
  password_set_at timestamptz,
  password_expires_at timestamptz,              -- a first password that an administrator gave ends by itself
  oidc_issuer text, oidc_subject text,
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  closed_because text,
  check ((oidc_issuer is null) = (oidc_subject is null))
);
create unique index on people.user_account (username);
create unique index on people.user_account (oidc_issuer, oidc_subject);
create index on people.user_account (agency);

-- Each authority says which level each of the nine roles carries (WY-32). What is not said is anonymised.
create table people.role_level (
  agency text not null references people.agency,
  role text not null,
  level text not null check (level in ('anonymised', 'personal', 'sensitive')),
  set_by text not null,
  set_at timestamptz not null default now(),
  primary key (agency, role)
);

-- The second factors. The secret of an authenticator is sealed; the last step used is kept so that a code counts once.
create table people.authenticator (
  user_id uuid primary key references people.user_account,
  sealed bytea not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0
);
create table people.passkey (
  id text primary key,                          -- the credential's id, base64url
  user_id uuid not null references people.user_account,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  label text not null,
  added_at timestamptz not null,
  last_used_at timestamptz
);
create index on people.passkey (user_id);
-- Questions put to a passkey; each is answered once, within minutes.
create table people.passkey_question (
  session text primary key,
  challenge text not null,
  kind text not null check (kind in ('add', 'sign-in')),
  asked_at timestamptz not null
);

-- Only a fingerprint of the browser's token is kept. Without `factor` the second step is still owed and nothing is open.
create table people.session (
  id text primary key,
  user_id uuid not null references people.user_account,
  factor text check (factor in ('authenticator', 'passkey', 'oidc')),
  begun_at timestamptz not null,
  seen_at timestamptz not null,
  browser text,
  ended_at timestamptz,
  wrong_codes int not null default 0
);
create index on people.session (user_id) where ended_at is null;

-- Wrong passwords slow down whoever gives them: the place they come from, and only after very many every other place, so
-- that a stranger who guesses cannot lock out the desk.
create table people.wrong_password (
  bucket text primary key,
  failures int not null,
  last_at timestamptz not null
);
-- Sign-ins that are under way at the agency's own provider.
create table people.oidc_request (
  state text primary key,
  sealed bytea not null,
  asked_at timestamptz not null
);

create table people.api_token (
  id uuid primary key default gen_random_uuid(),
  hash text not null unique,
  user_id uuid not null references people.user_account,
  label text not null,
  permissions text[] not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  ended_at timestamptz
);

-- Acceptable use and confidentiality, each version accepted by name (CUM-57, WY-6).
create table people.acceptance (
  user_id uuid not null references people.user_account,
  wording text not null,                        -- which version of the words
  accepted_at timestamptz not null,
  primary key (user_id, wording)
);
create table people.training (
  user_id uuid not null references people.user_account,
  course text not null default 'information-governance',
  taken_on date not null,
  recorded_by text not null,
  primary key (user_id, course, taken_on)
);

-- The directory: everyone to whom information may have to go, and how each is reached (MPS-3, CUM-43).
create table people.entry (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 200),
  role text,
  kind text not null,
  agency text references people.agency,
  team text references people.team,
  known_by text,                                -- what sets this one apart from others of the same name (CUM-13)
  address text, fax text, postal text,
  telephone text,                               -- the office; shown to everyone
  mobile text,                                  -- never to children and young people (BOU-14)
  prefers text,                                 -- the route agreed with this person (BOU-12)
  prefers_agreed_on date, prefers_agreed_with text,
  via text,                                     -- who hands it over, such as a supervising social worker
  mailbox_of uuid references people.entry,      -- uses the secure mailbox of this other team of its authority (MPS-4)
  list boolean not null default false,
  list_owner text, list_checked_on date,        -- CUM-12
  trained date,
  area text references people.agency,
  user_id uuid unique references people.user_account,
  clearance text check (clearance in ('anonymised', 'personal', 'sensitive')),
  added_at timestamptz not null default now(),
  added_by text not null,
  checked_on date,                              -- when somebody last made sure that it is right
  left_on date,
  version int not null default 1
);
create index on people.entry (agency);
create index on people.entry (lower(address));

-- Who sends to whom: the usual recipients come first, and the gateway asks about the unusual.
create table people.usual_recipient (
  user_id uuid not null references people.user_account,
  entry uuid not null references people.entry,
  times int not null,
  last_at timestamptz not null,
  primary key (user_id, entry)
);

-- The register of agreements (BEX-63): signed, with conditions and restrictions, under a framework where there is one (WY-1).
create table people.agreement (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{1,79}$'),
  title text not null check (length(title) between 1 and 300),
  kind text not null check (kind in ('framework', 'information-sharing', 'bilateral', 'mash', 'marac', 'mappa', 'other')),
  under text references people.agreement,
  owner text not null,
  owner_contact text not null,
  signed_on date not null,
  review_on date not null,                      -- WY-34
  ends_on date,
  purposes text[] not null,                     -- empty: every purpose
  items text[] not null,                        -- empty: everything that the protocol lets through
  conditions text not null,
  restrictions text not null,
  joint_controllers boolean not null default false,   -- WY-33
  version int not null default 1
);
create table people.agreement_party (
  agreement text not null references people.agreement,
  agency text not null references people.agency,
  team text references people.team,             -- a bilateral protocol binds two teams, not their agencies (MPS-5)
  signed_by text not null,
  signed_on date not null,
  adviser text, adviser_contact text,           -- WY-34
  live_on date,                                 -- since when it sends and receives on the secure process (MPS-13)
  left_on date
);
create unique index on people.agreement_party (agreement, agency, coalesce(team, ''));
create index on people.agreement_party (agency);
