-- By which version of matching/'s keys an entry is filed: those of an earlier one are filed anew, a few thousand at a time, so that a search by the new keys
-- meets them. What stands was filed by the first.
alter table register.filed_under add column version smallint not null default 1;
create index filed_under_version on register.filed_under (version);
