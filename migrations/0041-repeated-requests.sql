-- Repeated requests of programs are known by the API's own Idempotency-Key (platform.answered_request).
alter table sharing.disclosure drop column request_key;
