-- Every decision that was recorded, with the disclosure that was asked and the protocol's version of that day, so that
-- it can be shown, and asked again under another protocol, years later.
create schema protocols;

create table protocols.decision (
  id uuid primary key,
  at timestamptz not null,
  protocol text not null,
  version text not null,
  on_day date not null,
  outcome text not null check (outcome in ('share', 'hold', 'refuse')),
  disclosure jsonb not null,
  decision jsonb not null,
  decided_by text not null,
  agency text
);
create index on protocols.decision (protocol, on_day);

-- Decided is decided: a new look is a new decision. Only disposal removes one, as its owner.
revoke update, delete on protocols.decision from safehaven_app;

-- Who may read a decision is the deciding agency and the system; a page of another agency never needs it.
alter table protocols.decision enable row level security;
create policy own_agency on protocols.decision
  using (platform.acting_as_system() or agency is not distinct from platform.acting_agency())
  with check (platform.acting_as_system() or agency is not distinct from platform.acting_agency());
