-- Whoever was shown what an authority has corrected since is told of it (BEX-55); an entry whose time is over keeps its place in the history, without content.
alter table register.notice drop constraint notice_kind_check;
alter table register.notice add constraint notice_kind_check
  check (kind in ('enquiry', 'subscription', 'signal', 'question', 'answer', 'overdue', 'correction'));
alter table register.entry add column disposed_at timestamptz;
create index entry_to_dispose on register.entry (authority, removed_at) where removed_at is not null and disposed_at is null;
alter table register.enquiry add column disposed_at timestamptz;
alter table register.standing add column keeping_reason text, add column keeping_set_by text, add column keeping_set_at timestamptz;
