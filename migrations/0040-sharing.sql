-- The disclosure on its way from a worry to a recorded decision: drafts, telephone calls, documents, advice, intake.
create schema sharing;

create table sharing.disclosure (
  id uuid primary key,
  reference text not null unique,               -- neutral; may be said aloud and written on envelopes
  form text not null check (form in ('referral', 'police-report', 'program')),
  state text not null check (state in ('draft', 'held', 'decided', 'sent', 'not-shared')),
  version int not null default 1 check (version > 0),   -- two people deciding the same referral: the second is told
  draft jsonb not null,                         -- everything the worker recorded; its shape is in src/sharing/draft.ts
  protocol text not null,
  on_day date,                                  -- the day whose rules count; empty: the day on which it is decided
  agency text not null,
  created_at timestamptz not null,
  created_by text not null,
  created_by_name text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  changed_by_name text not null,
  decision uuid references protocols.decision,
  decided_at timestamptz,
  decided_by text,
  decided_by_name text,
  sent_at timestamptz,
  request_key text,                             -- a program's Idempotency-Key
  -- Nothing is sent without a recorded decision; not sharing is one too (BEX-7).
  check (state in ('draft', 'held') or decided_at is not null),
  check (state not in ('decided', 'sent') or decision is not null),
  check ((state = 'sent') = (sent_at is not null)),
  unique (agency, request_key)
);
create index on sharing.disclosure (agency, state, changed_at desc);
create index on sharing.disclosure (created_by, changed_at desc);

-- Which part was changed by whom and when. What it said is in the draft and in each decision.
create table sharing.revision (
  disclosure uuid not null references sharing.disclosure on delete cascade,
  version int not null,
  step text not null,
  at timestamptz not null,
  by_user text not null,
  by_name text not null,
  primary key (disclosure, version)
);
revoke update on sharing.revision from safehaven_app;

-- A call to the hub: information, its significance, the action (CUM-7, CUM-9). The clock of 48 hours runs from it (CUM-8).
create table sharing.call (
  id uuid primary key,
  disclosure uuid not null references sharing.disclosure on delete cascade,
  agency text not null,
  made_at timestamptz not null,
  telephone text not null,
  spoken_to text not null,
  spoken_role text,
  told text not null,
  understood text not null,
  decision text not null,
  action text,
  follow_up_due timestamptz not null,
  followed_up_at timestamptz,
  recorded_by text not null,
  recorded_by_name text not null,
  check (follow_up_due > made_at)
);
create index on sharing.call (agency, follow_up_due) where followed_up_at is null;
create index on sharing.call (disclosure);

-- Documents that go with it, and signed consent forms (BEX-25), which do not.
create table sharing.document (
  id uuid primary key,
  disclosure uuid not null references sharing.disclosure on delete cascade,
  agency text not null,
  blob text not null,
  kind text not null check (kind in ('document', 'consent-form')),
  person text,                                  -- whose consent form, by the key in the draft
  name text not null check (length(name) between 1 and 200),
  type text not null,
  size bigint not null check (size >= 0),
  added_at timestamptz not null,
  added_by text not null
);
create index on sharing.document (disclosure);

-- "I am not sure" (CUM-6, BEX-3): the question and what an adviser may know, never who it is about. And what only a manager may authorise.
create table sharing.question (
  id uuid primary key,
  disclosure uuid not null references sharing.disclosure on delete cascade,
  agency text not null,
  kind text not null check (kind in ('advice', 'manager-authorisation', 'harm-balance')),
  asked_at timestamptz not null,
  asked_by text not null,
  asked_by_name text not null,
  asked_of text not null,
  asked_of_name text not null,
  question text not null,
  facts jsonb not null,
  answer text,
  agreed boolean,                               -- of an authorisation
  answered_at timestamptz,
  answered_by text,
  answered_by_name text,
  seen_at timestamptz,
  check ((answer is null) = (answered_at is null))
);
create index on sharing.question (asked_of) where answered_at is null;
create index on sharing.question (disclosure);

-- What has come in to a hub (MPS-7). It belongs to the receiver and the sender; its content is what the decision let through.
create table sharing.report (
  id uuid primary key,
  disclosure uuid not null references sharing.disclosure on delete cascade,
  reference text not null,
  form text not null,
  from_agency text not null,
  from_agency_name text not null,
  from_name text not null,
  to_agency text not null,
  came_at timestamptz not null,
  route text not null,
  rag text not null check (rag in ('red', 'amber', 'green')),
  rag_set_by text,
  due_at timestamptz not null,
  content text,                                 -- empty while the paper is still on its way
  about text not null,                          -- initials and ages
  state text not null default 'waiting' check (state in ('waiting', 'claimed', 'decided')),
  version int not null default 1,
  claimed_by text, claimed_by_name text, claimed_at timestamptz,
  understood text, outcome text, action text, assigned_to text,
  decided_by text, decided_by_name text, decided_at timestamptz,
  unique (disclosure, to_agency),
  check ((state = 'decided') = (decided_at is not null))
);
create index on sharing.report (to_agency, state, due_at);
create index on sharing.report (from_agency);

alter table sharing.disclosure enable row level security;
create policy own_agency on sharing.disclosure using (platform.acting_as_system() or agency = platform.acting_agency());
alter table sharing.revision enable row level security;
create policy own_agency on sharing.revision using (exists (select from sharing.disclosure d where d.id = disclosure));
alter table sharing.call enable row level security;
create policy own_agency on sharing.call using (platform.acting_as_system() or agency = platform.acting_agency());
alter table sharing.document enable row level security;
create policy own_agency on sharing.document using (platform.acting_as_system() or agency = platform.acting_agency());
alter table sharing.question enable row level security;
create policy own_agency on sharing.question using (platform.acting_as_system() or agency = platform.acting_agency());
-- The sender puts a report in and sees what became of it (BEX-10); only the receiver works on it.
alter table sharing.report enable row level security;
create policy see on sharing.report for select
  using (platform.acting_as_system() or platform.acting_agency() in (from_agency, to_agency));
create policy put on sharing.report for insert
  with check (platform.acting_as_system() or platform.acting_agency() = from_agency);
create policy work on sharing.report for update
  using (platform.acting_as_system() or platform.acting_agency() = to_agency);
create policy remove on sharing.report for delete using (platform.acting_as_system());
