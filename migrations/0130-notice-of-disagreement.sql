-- A notice that somebody disagrees with an entry. 0035 allows it too, but on a new database 0037 runs after that one and takes it back; the register's first ten
-- numbers are used up, so its later migrations begin at 0130.
alter table register.notice drop constraint notice_kind_check;
alter table register.notice add constraint notice_kind_check
  check (kind in ('enquiry', 'subscription', 'signal', 'question', 'answer', 'overdue', 'correction', 'disagreement'));
