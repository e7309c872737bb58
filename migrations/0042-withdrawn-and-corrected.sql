-- Consent withdrawn after some recipients had it: nothing more of it goes (BEX-26, BEX-27).
alter table sharing.disclosure add column stopped_at timestamptz;
-- A disclosure that puts right what another one said, for those who were sent it (BEX-55).
alter table sharing.disclosure add column corrects uuid references sharing.disclosure on delete set null;
create index on sharing.disclosure (corrects) where corrects is not null;
