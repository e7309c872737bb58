-- What came back for a message of the gateway or for a dispatch: reports of delivery and reading, automatic answers, replies.
create table gateway.returned (
  id uuid primary key,
  at timestamptz not null,
  agency text not null,                         -- of the sender
  sender_user text not null,
  message uuid references gateway.message on delete cascade,
  place int,                                    -- of the recipient; absent where several share the return address
  dispatch uuid references transfer.dispatch on delete cascade,
  attempt int,
  kind text not null check (kind in ('delivered', 'relayed', 'delayed', 'failed', 'displayed', 'automatic', 'reply', 'unclear')),
  address text not null default '',             -- of the recipient whom it speaks of, or of who replied
  detail text not null default '',              -- status and what the mail server said; none of a reply's words
  digest text not null unique,                  -- the same report twice is one
  sealed_raw bytea,                             -- of replies and automatic answers
  check ((message is null) <> (dispatch is null))
);
create index on gateway.returned (message, at) where message is not null;
create index on gateway.returned (dispatch, at) where dispatch is not null;
create index on gateway.returned (sender_user, at desc) where kind = 'reply';

alter table gateway.returned enable row level security;
create policy own_agency on gateway.returned using (platform.acting_as_system() or agency = platform.acting_agency());
