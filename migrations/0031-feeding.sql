-- A feed as long work: the file waits sealed outside the database, is read by a job, and may be held until its keeper has looked.
alter table register.feed
  add column state text not null default 'done' check (state in ('waiting', 'running', 'held', 'done', 'refused')),
  add column file text,                    -- the sealed file, while the feed may still need it
  add column size bigint,                  -- its bytes, and how many of them were read
  add column read bigint not null default 0,
  add column began_at timestamptz,         -- when the job took it up, for rate and time left
  add column fed_by_name text,
  add column codes text[],                 -- what the authority says its returns call it
  add column unnamed int not null default 0,  -- entries that would lose, or have lost, every name they had
  add column confirmed_by text;            -- who said that removals of an unusual size are meant
create index feed_open on register.feed (authority) where state in ('waiting', 'running', 'held');

-- How long an entry is kept after it has left the register: each authority's own policy (WY-7, BEX-57).
alter table register.standing add column years_kept int not null default 6 check (years_kept between 1 and 100);
