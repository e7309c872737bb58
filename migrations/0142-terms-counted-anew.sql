-- After entries were filed anew, how often names occur is counted anew beside what stands, some thousands of entries at a time, and then takes its place.
create table register.term_anew (
  kind smallint not null,
  key int not null,
  n bigint not null,
  primary key (kind, key)
);

-- How far that is: one row. Entries after the one with this id are still to be counted; `counted` were.
create table register.term_count (
  one boolean primary key default true check (one),
  wanted boolean not null default false,
  after bigint not null default 0,
  counted bigint not null default 0,
  counted_at timestamptz                   -- when counts last took the place of earlier ones: who keeps them in memory reads them again
);
revoke delete on register.term_count from safehaven_app;
