-- Twenty keys for each entry are written with it, from the very row, and go with it: asking for every one of them whether its entry exists took half the
-- time of feeding a register.
alter table register.match_key drop constraint match_key_entry_id_fkey;
