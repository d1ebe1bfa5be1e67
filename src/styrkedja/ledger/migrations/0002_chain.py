"""The database joins the links, and refuses to change them. Why it is done here and in two turns: docs/adr/0004-ledger.md.

Tables are named through TG_TABLE_SCHEMA, so that the functions serve any schema and nothing on the caller's search path can stand in for a
table. They run with the owner's rights (SECURITY DEFINER): an application role needs no right to write in the chain.
"""

from django.db import migrations

FUNCTIONS = """
create function ledger_queue_entry() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
-- At commit, first turn. What the commit must still check (foreign keys, which may wait for other transactions) was queued before this
-- update; what the update itself queues comes after. The lock on the head is therefore the last that a transaction takes, and is never held
-- while waiting for another.
declare
    moved bigint;
begin
    execute format('update %I.ledger_pendingentry set queued = true where id = $1 and body = $2 and payload = $3 and salt = $4', TG_TABLE_SCHEMA)
        using NEW.id, NEW.body, NEW.payload, NEW.salt;
    get diagnostics moved = row_count;
    if moved <> 1 then
        raise exception 'En loggpost har ändrats eller tagits bort innan den hann skrivas. Ingenting har sparats.' using errcode = 'restrict_violation';
    end if;
    return null;
end $$;

create function ledger_join_link() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
-- At commit, second turn: number the entry, hash it, put it last in the chain. One lock for each schema's chain.
declare
    head_sequence bigint;
    head_hash text;
    link_hash text;
begin
    perform pg_advisory_xact_lock((1279607879::bigint << 32) | TG_RELID::bigint);
    execute format('select sequence, hash from %I.ledger_ledgerentry order by sequence desc limit 1', TG_TABLE_SCHEMA)
        into head_sequence, head_hash;
    head_sequence := coalesce(head_sequence, 0) + 1;
    head_hash := coalesce(head_hash, repeat('0', 64));
    link_hash := encode(sha256(convert_to(head_hash || E'\\n' || head_sequence || E'\\n' || NEW.body, 'UTF8')), 'hex');
    execute format('insert into %I.ledger_ledgerentry (sequence, body, previous_hash, hash) values ($1, $2, $3, $4)', TG_TABLE_SCHEMA)
        using head_sequence, NEW.body, head_hash, link_hash;
    execute format('insert into %I.ledger_ledgertext (entry_id, payload, salt) values ($1, $2, $3)', TG_TABLE_SCHEMA)
        using head_sequence, NEW.payload, NEW.salt;
    execute format('delete from %I.ledger_pendingentry where id = $1', TG_TABLE_SCHEMA) using NEW.id;
    return null;
end $$;

create function refuse_change() returns trigger language plpgsql as $$
-- For tables that only grow. The argument is what the table holds.
begin
    raise exception '% kan bara fyllas på. % på % är inte tillåtet.', TG_ARGV[0], TG_OP, TG_TABLE_NAME using errcode = 'restrict_violation';
end $$;

create function ledger_refuse_other_than_erasure() returns trigger language plpgsql as $$
begin
    if NEW.id is distinct from OLD.id or NEW.entry_id is distinct from OLD.entry_id or NEW.payload <> '' or NEW.salt <> '' then
        raise exception 'Texten till loggpost % kan raderas men inte ändras.', OLD.entry_id using errcode = 'restrict_violation';
    end if;
    return NEW;
end $$;
"""

TRIGGERS = """
create constraint trigger ledger_queue after insert on ledger_pendingentry
    deferrable initially deferred for each row execute function ledger_queue_entry();
create constraint trigger ledger_join after update on ledger_pendingentry
    deferrable initially deferred for each row when (NEW.queued and not OLD.queued) execute function ledger_join_link();
create trigger ledger_entry_grows before update or delete or truncate on ledger_ledgerentry
    for each statement execute function refuse_change('Loggen');
create trigger ledger_text_stays before delete or truncate on ledger_ledgertext
    for each statement execute function refuse_change('Loggens texter');
create trigger ledger_text_erased before update on ledger_ledgertext
    for each row execute function ledger_refuse_other_than_erasure();
revoke update, delete, truncate on ledger_ledgerentry from public;
revoke delete, truncate on ledger_ledgertext from public;
revoke execute on function ledger_queue_entry(), ledger_join_link() from public;
"""

REMOVE = """
drop trigger ledger_text_erased on ledger_ledgertext;
drop trigger ledger_text_stays on ledger_ledgertext;
drop trigger ledger_entry_grows on ledger_ledgerentry;
drop trigger ledger_join on ledger_pendingentry;
drop trigger ledger_queue on ledger_pendingentry;
drop function ledger_refuse_other_than_erasure(), refuse_change(), ledger_join_link(), ledger_queue_entry();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS + TRIGGERS, REMOVE)]
