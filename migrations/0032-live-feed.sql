-- What an authority's own system sends by the API in one day counts as one feed.
alter table register.feed add column live_on date;
create unique index feed_live on register.feed (authority, live_on) where live_on is not null;
