-- What the gateway remembers of whom a sender has written to ends when a message is removed.
create trigger note_change after delete or truncate on gateway.message for each statement execute function people.note_change();
-- What is sealed cannot be made smaller: it is not tried.
alter table gateway.message alter column sealed_raw set storage external, alter column sealed_seen set storage external;
