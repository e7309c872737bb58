-- What every room stands on: the rights of the application's role, the job queue's door, files, kept forms, repeated
-- requests; and the log of acts.

-- The application works as safehaven_app, which owns nothing, so that row security binds it. It may use what later
-- migrations make, unless they take it back (an append-only table revokes update and delete).
alter default privileges grant usage on schemas to safehaven_app;
alter default privileges grant select, insert, update, delete on tables to safehaven_app;
alter default privileges grant usage, select on sequences to safehaven_app;
alter default privileges grant execute on functions to safehaven_app;
grant usage on schema platform to safehaven_app;
revoke create on schema public from public;

-- Who acts, as row security policies ask for it. Empty where nobody has signed in.
create function platform.acting_user() returns text language sql stable
  return nullif(current_setting('safehaven.user', true), '');
create function platform.acting_agency() returns text language sql stable
  return nullif(current_setting('safehaven.agency', true), '');
create function platform.acting_role() returns text language sql stable
  return nullif(current_setting('safehaven.role', true), '');
-- Jobs, services and the operator of the machine.
create function platform.acting_as_system() returns boolean language sql stable
  return coalesce(current_setting('safehaven.role', true), '') = 'system';

-- The queue's tables are closed to the application; this door puts one job in. The wait is a duration, because the
-- house's clock may be turned by hand.
create function platform.enqueue(name text, envelope json, wait_ms bigint, key text, attempts int, queue text) returns void
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  select graphile_worker.add_job(name, envelope, queue, clock_timestamp() + wait_ms * interval '1 millisecond', attempts, key);
$$;

-- A job's work and this mark are one transaction: a job that is run again after a crash finds its mark and does nothing.
create table platform.job_run (
  job_id bigint primary key,
  name text not null,
  ran_at timestamptz not null
);

-- Jobs that no longer are tried. Nothing fails in silence: /health and the operator's page count these.
create view platform.failed_job as
  select id, task_identifier as name, attempts, last_error, run_at, created_at
  from graphile_worker.jobs where attempts >= max_attempts and locked_at is null;
-- Jobs that wait, with how long the oldest is overdue; for /health and /metrics.
create view platform.waiting_job as
  select id, task_identifier as name, attempts, run_at, last_error is not null as tried
  from graphile_worker.jobs where attempts < max_attempts;

-- Files, kept encrypted in the data folder. A file whose row was never committed is swept after a day.
create table platform.blob (
  id text primary key,
  size bigint not null check (size >= 0),
  sha256 text not null,
  kept_at timestamptz not null
);

-- What was typed when the sign-in had expired, sealed, for the same person in the same browser to take up again.
create table platform.kept_form (
  id text primary key,
  sealed bytea not null,
  kept_at timestamptz not null
);
create index on platform.kept_form (kept_at);

-- The answer to a request with an Idempotency-Key, so that a repeat is answered and not done again. Sealed: answers
-- hold what was asked for.
create table platform.answered_request (
  actor text not null,
  key text not null,
  fingerprint text not null,
  status int,
  sealed bytea,
  at timestamptz not null,
  primary key (actor, key)
);
create index on platform.answered_request (at);

-- The log of acts. Every act has an entry in its own transaction, reads included.
create schema audit;
create table audit.entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,              -- by the house's clock
  actor text not null,
  actor_name text not null,             -- as it was at the time
  actor_kind text not null,
  agency text,
  act text not null,
  outcome text not null check (outcome in ('done', 'refused', 'invalid', 'failed')),
  subject text,                         -- what it was about: an id, never a name
  detail jsonb,
  reference text not null,              -- shown to the user; entries of one act share it
  written_at timestamptz not null default clock_timestamp()
);
create index on audit.entry (subject, id) where subject is not null;
create index on audit.entry (actor, id);
create index on audit.entry (reference);

-- Writers never wait for one another: a sealer chains committed entries afterwards, in an order of its own (seq),
-- because ids are given out before they are committed.
create table audit.link (
  seq bigint primary key,
  entry bigint not null unique references audit.entry,
  leaf bytea not null,                  -- SHA-256 of the entry
  chain bytea not null                  -- SHA-256 of the chain before and this leaf
);
-- The chain's end after each sealing, signed with a key that is not in the database.
create table audit.head (
  seq bigint primary key references audit.link,
  chain bytea not null,
  at timestamptz not null,
  public_key text not null,
  signature bytea not null
);

create function audit.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'The log of acts is only ever added to.' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete or truncate on audit.entry for each statement execute function audit.refuse();
create trigger append_only before update or delete or truncate on audit.link for each statement execute function audit.refuse();
create trigger append_only before update or delete or truncate on audit.head for each statement execute function audit.refuse();
revoke update, delete on audit.entry, audit.link, audit.head from safehaven_app;
