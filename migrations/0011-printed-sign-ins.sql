-- Sign-ins that the sign-in page of an invented area prints, so that a newcomer can try the service as anyone. Only
-- sowing an invented area writes here, and only an invented area shows it.
create table people.printed_sign_in (
  user_id uuid primary key references people.user_account,
  password text not null,
  shows text not null
);
