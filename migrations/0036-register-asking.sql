-- What asking the registers needs beyond the answer: the keeper's clock, and telling people by more than one way.

-- A question to the keeper carries what the asker wishes to say, and who asks; when nobody answered in time both sides are told, once.
alter table register.question add column words text;
alter table register.question add column asker_name text not null default '';
alter table register.question add column agency text not null default '';
alter table register.question add column agency_name text not null default '';
alter table register.question add column overdue_told_at timestamptz;
create index question_asker on register.question (asker, asked_at desc);

alter table register.notice drop constraint notice_kind_check;
alter table register.notice add constraint notice_kind_check
  check (kind in ('enquiry', 'subscription', 'signal', 'question', 'answer', 'overdue'));
create index notice_unread on register.notice (agency, for_user) where read_at is null;

-- Unborn children are found through their mother's entry: few rows, looked up by what the mother is called in her own register.
create index entry_unborn on register.entry using gin ((record -> 'relationships') jsonb_path_ops) where record -> 'born' ? 'expected';

-- What stands out in how somebody asks is looked at by an auditor of their own agency.
create index enquiry_flagged on register.enquiry (agency, at desc) where flag is not null;
