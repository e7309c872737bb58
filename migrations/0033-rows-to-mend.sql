-- The row as it stood, under its columns, so that what is returned to the authority can be mended and fed again.
alter table register.flaw add column row jsonb;
