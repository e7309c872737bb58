-- The registers of the authorities, linked but never merged: each stays controller of its own entries (WY-33).
create schema register;

-- One person in one authority's register. `parts` keeps what each source said, so that a return without names never wipes out the
-- names that another feed brought; `record` is the parts laid over one another, and what everything else reads.
create table register.entry (
  id bigint generated always as identity primary key,
  authority text not null,
  local_id text not null,
  version int not null default 1,
  parts jsonb not null,
  record jsonb not null,
  -- the words of matching/, ready to be compared; holds no name that could be read
  prepared bytea not null,
  named boolean not null,
  shielded boolean not null default false,
  removed_at timestamptz,
  removed_as_of text,                      -- what the source said it was, so that an older file never brings anyone back
  changed_at timestamptz not null,
  unique (authority, local_id)
);
create index entry_nhs on register.entry ((record ->> 'nhsNumber')) where record ? 'nhsNumber';
create index entry_upn on register.entry ((record ->> 'upn')) where record ? 'upn';

-- The second wall: whatever the application forgets to ask, another authority's rows are not there.
-- A shielded entry is there for the users it names, and for nobody else of its own authority either.
alter table register.entry enable row level security;
create policy own_authority on register.entry
  using (platform.acting_as_system() or (authority = platform.acting_agency() and (not shielded or exists (
    select from people.user_account one where one.id::text = platform.acting_user() and record -> 'shielded' -> 'visibleTo' ? one.username))))
  with check (platform.acting_as_system() or authority = platform.acting_agency());

-- What a person can be found under: about twenty keys each. Read only by the search, which acts as the system.
create table register.match_key (
  k bigint not null,
  entry_id bigint not null references register.entry on delete cascade
);
create index match_key_k on register.match_key (k, entry_id);
create index match_key_entry on register.match_key (entry_id);
alter table register.match_key enable row level security;
create policy system_only on register.match_key using (platform.acting_as_system()) with check (platform.acting_as_system());

-- How each register stands, without a word on anyone: what "not known" tells of what was searched. `codes` are the authority's national
-- codes, by which its returns name it.
create table register.standing (
  authority text primary key references people.agency,
  codes text[] not null default '{}',
  entries bigint not null default 0,
  fed_at timestamptz
);

-- How often each name, year and place occurs, so that a shared rare surname says more than a shared common one.
create table register.term (
  kind smallint not null,
  key int not null,
  n bigint not null,
  primary key (kind, key)
);

-- Every file or call that fed a register, with its counts.
create table register.feed (
  id uuid primary key,
  authority text not null,
  format text not null,
  file_name text,
  as_of timestamptz,
  started_at timestamptz not null,
  ended_at timestamptz,
  fed_by text not null,
  told int not null default 0,             -- persons read so far, while it runs
  added int not null default 0,
  changed int not null default 0,
  unchanged int not null default 0,
  removed int not null default 0,
  flagged int not null default 0,
  rejected int not null default 0,
  refused text
);
create index feed_authority on register.feed (authority, started_at desc);
alter table register.feed enable row level security;
create policy own_authority on register.feed
  using (platform.acting_as_system() or authority = platform.acting_agency())
  with check (platform.acting_as_system() or authority = platform.acting_agency());

-- What was set aside or rejected, for the authority to mend (BEX-54).
create table register.flaw (
  feed_id uuid not null references register.feed on delete cascade,
  line int not null,
  local_id text,
  field text not null,
  reason text not null,
  value text,
  rejected boolean not null
);
create index flaw_feed on register.flaw (feed_id, line);
alter table register.flaw enable row level security;
create policy of_own_feed on register.flaw using (exists (select from register.feed where feed.id = feed_id));

-- Every question that was put to the registers: who, when, why (WY-25, WY-35). What was typed and what was answered are sealed: they
-- are personal data of their own, and open to the asker and to a keeper who is asked.
create table register.enquiry (
  id uuid primary key,
  at timestamptz not null,
  asker text not null,
  asker_name text not null,
  agency text not null,
  agency_name text not null,
  purpose text not null,
  ground text,
  consent text,
  need_to_know text,
  outcome text not null,                   -- as it was told to the asker
  sealed_question bytea not null,
  sealed_answer bytea not null,
  flag text                                -- why somebody should look at it (trawling)
);
create index enquiry_asker on register.enquiry (asker, at desc);
create index enquiry_agency on register.enquiry (agency, at desc);
alter table register.enquiry enable row level security;
revoke delete on register.enquiry from safehaven_app;

-- The entries that an enquiry met, shown or not. The asker's side sees only what was shown; the keeper's side sees all of its own.
create table register.enquiry_entry (
  enquiry_id uuid not null references register.enquiry,
  entry_id bigint not null references register.entry,
  authority text not null,
  agency text not null,
  asker text not null,
  at timestamptz not null,
  shown boolean not null,
  probability real not null,
  decision_id uuid,
  primary key (enquiry_id, entry_id)
);
create index enquiry_entry_entry on register.enquiry_entry (entry_id, at desc);
create index enquiry_entry_authority on register.enquiry_entry (authority, at desc);
alter table register.enquiry_entry enable row level security;
create policy either_side on register.enquiry_entry
  using (platform.acting_as_system() or authority = platform.acting_agency() or (shown and asker = platform.acting_user()))
  with check (platform.acting_as_system());
create policy either_side on register.enquiry
  using (platform.acting_as_system() or agency = platform.acting_agency()
    or exists (select from register.enquiry_entry one where one.enquiry_id = enquiry.id and one.authority = platform.acting_agency()))
  with check (platform.acting_as_system());

-- "The same" and "not the same": said by a person, and standing through later feeds. The last word counts; none is deleted.
create table register.verdict (
  id uuid primary key,
  one bigint not null references register.entry,
  other bigint not null references register.entry,
  same boolean not null,
  because text not null,
  said_by text not null,
  said_by_name text not null,
  agency text not null,
  said_at timestamptz not null,
  check (one < other)
);
create index verdict_pair on register.verdict (one, other, said_at desc);
alter table register.verdict enable row level security;
create policy of_agency on register.verdict using (platform.acting_as_system() or agency = platform.acting_agency())
  with check (platform.acting_as_system());
revoke update, delete on register.verdict from safehaven_app;

-- What a keeper is asked when the register itself may not answer.
create table register.question (
  id uuid primary key,
  enquiry_id uuid not null references register.enquiry,
  authority text not null,
  asker text not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  answer text,
  answer_words text,
  answered_by text,
  answered_by_name text,
  answered_at timestamptz,
  unique (enquiry_id, authority)
);
create index question_open on register.question (authority, due_at) where answered_at is null;
alter table register.question enable row level security;
create policy either_side on register.question
  using (platform.acting_as_system() or authority = platform.acting_agency() or asker = platform.acting_user())
  with check (platform.acting_as_system() or authority = platform.acting_agency());

-- "Tell me if anyone else asks."
create table register.subscription (
  entry_id bigint not null references register.entry,
  user_id text not null,
  agency text not null,
  since timestamptz not null,
  ended_at timestamptz,
  primary key (entry_id, user_id)
);
alter table register.subscription enable row level security;
create policy own on register.subscription
  using (platform.acting_as_system() or user_id = platform.acting_user()) with check (platform.acting_as_system());

-- What is told to an agency or one of its users: an enquiry about an own entry, an enquiry about a child one wished to hear of, the
-- signal that three agencies asked within ten days. It opens no content.
create table register.notice (
  id uuid primary key,
  at timestamptz not null,
  agency text not null,
  for_user text,
  kind text not null check (kind in ('enquiry', 'subscription', 'signal', 'answer')),
  entry_id bigint references register.entry,
  enquiry_id uuid references register.enquiry,
  says text not null,
  read_at timestamptz,
  read_by text
);
create index notice_agency on register.notice (agency, at desc);
create index notice_entry on register.notice (entry_id, kind, at desc);
alter table register.notice enable row level security;
create policy own on register.notice
  using (platform.acting_as_system() or (agency = platform.acting_agency() and (for_user is null or for_user = platform.acting_user())))
  with check (platform.acting_as_system() or agency = platform.acting_agency());
