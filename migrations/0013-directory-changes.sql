-- What the mail gateway remembers of the directory holds only as long as nobody has changed it. Every statement that changes who is known,
-- who may send or what a domain has proved counts here, in its own transaction: the sum is another one as soon as that is committed.
-- Many lines, so that two who change different entries do not wait for one another; one step a transaction, so that a long feed stays quick.
create table people.change (
  line int primary key,
  steps bigint not null,
  by_transaction xid8 not null
);
revoke insert, update, delete on people.change from safehaven_app;

create function people.note_change() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into people.change as c (line, steps, by_transaction) values (pg_backend_pid() % 1024, 1, pg_current_xact_id())
    on conflict (line) do update set steps = c.steps + 1, by_transaction = excluded.by_transaction
    where c.by_transaction <> excluded.by_transaction;
  return null;
end $$;

create trigger note_change after insert or update or delete or truncate on people.agency for each statement execute function people.note_change();
create trigger note_change after insert or update or delete or truncate on people.team for each statement execute function people.note_change();
create trigger note_change after insert or update or delete or truncate on people.mail_domain for each statement execute function people.note_change();
create trigger note_change after insert or update or delete or truncate on people.user_account for each statement execute function people.note_change();
create trigger note_change after insert or update or delete or truncate on people.role_level for each statement execute function people.note_change();
create trigger note_change after insert or update or delete or truncate on people.acceptance for each statement execute function people.note_change();
create trigger note_change after insert or update or delete or truncate on people.training for each statement execute function people.note_change();
create trigger note_change after insert or update or delete or truncate on people.entry for each statement execute function people.note_change();
create trigger note_change after insert or update or delete or truncate on people.usual_recipient for each statement execute function people.note_change();
