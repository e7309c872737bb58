-- Mail of an invented area: what would have left the machine lies here instead, to be opened as its recipient would.
-- Empty everywhere else. Nothing in it is about anyone who lives.
create schema demo;
create table demo.message (
  id uuid primary key,
  at timestamptz not null,
  sender text not null,                -- of the envelope, as are the recipients
  recipients text[] not null,
  tls text,                            -- the version that it came by
  raw bytea not null
);
create index on demo.message using gin (recipients);
create index on demo.message (at);
