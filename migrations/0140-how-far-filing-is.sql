-- How far the filing of keys is: persons of whom it is done, beside those who were told so far.
alter table register.feed add column filed int not null default 0;

-- Says to whoever waits for the statement, while it runs, that it has come to the key `at`; with none, that it has read one more of those it was asked to count.
-- It carries no name: keys are numbers without any order.
create function register.filing(at bigint) returns boolean language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  raise notice using message = 'register.filing ' || coalesce(at::text, '');
  return true;
end $$;
revoke execute on function register.filing from public;
grant execute on function register.filing to safehaven_app;
