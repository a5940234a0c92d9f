-- Every query of the PostgreSQL store. The name is how Python calls it; what follows the name says what comes back:
-- ^ one row, $ one value, ! the number of rows touched, nothing: all rows.

-- ---- the process ---------------------------------------------------------------------------------------------------

-- name: take_lock$
-- Ours until this connection ends, however it ends. One lock for each schema, so that two stores can share a database.
select pg_try_advisory_lock(hashtextextended('vaern ' || current_schema(), 0));

-- name: is_locked$
-- Whether anybody has it. The number of a lock lies in two halves there.
select exists (
    select from pg_locks
    where locktype = 'advisory' and granted and objsubid = 1
        and database = (select oid from pg_database where datname = current_database())
        and (cast(classid as bigint) << 32) | cast(objid as bigint) = hashtextextended('vaern ' || current_schema(), 0)
);

-- name: ask_for_it$
-- Whoever has the lock hears it, and lets us.
select pg_notify('vaern_lock', current_schema());

-- name: listen!
listen vaern_lock;

-- name: schema$
select cast(current_schema() as text);

-- name: has_table$
select to_regclass(:name) is not null;

-- name: schema_found$
select coalesce(max(version), 0) from schema_version;

-- name: note_schema!
insert into schema_version (version) values (:version);

-- name: in_vault$
select sealed from vault where name = :name;

-- name: keep_in_vault!
insert into vault (name, sealed) values (:name, :sealed);

-- name: put_in_vault!
update vault set sealed = :sealed where name = :name;

-- name: case_keys
select case_id, wrapped from case_keys order by case_id;

-- name: put_case_key!
update case_keys set wrapped = :wrapped where case_id = :case;

-- name: has_keys$
select exists (select from case_keys);

-- ---- at start ------------------------------------------------------------------------------------------------------

-- name: erase_again!
-- A backup that was put back brings no erased case with it, if the log of erasures was carried over.
delete from cases using erased where erased.case_id = cases.id;

-- name: forget_mere_uploads!
-- Uploads of a case that never had a commit: nobody was told that they had arrived.
delete from cases where version = 0;

-- name: stock
-- Everything that is kept, case by case. Keys of single texts come along once.
select c.id, c.version, k.wrapped, m.version, m.sealed, i.names, i.keys
from cases c left join case_keys k on k.case_id = c.id left join commits m on m.case_id = c.id
    left join lateral (
        select array_agg(name order by name) as names, array_agg(sealed order by name) as keys
        from item_keys where case_id = c.id and m.version = 1
    ) i on true
where c.version > 0 and c.id not in (select case_id from erased)
order by c.id, m.version;

-- name: set_aside_just!
-- These cases are set aside, and no others: a good copy that was put back serves again.
update cases set set_aside = (id = any(cast(:cases as text[]))) where set_aside <> (id = any(cast(:cases as text[])));

-- name: uploads
select case_id, array_agg(item) from blobs group by case_id;

-- name: drop_uploads!
-- And their own keys, of which an empty row stays.
with gone as (
    delete from blobs where case_id = :case and item = any(cast(:items as text[])) returning upload
), keyless as (
    update item_keys set sealed = '' where case_id = :case and name = any(cast(:names as text[])) and sealed <> ''
)
delete from blob_chunks c using gone where c.case_id = :case and c.upload = gone.upload;

-- name: drop_lost_chunks!
delete from blob_chunks c where not exists (select from blobs b where b.case_id = c.case_id and b.upload = c.upload);

-- ---- one case ------------------------------------------------------------------------------------------------------

-- name: head^
-- Always one row: null where there is nothing.
select c.version, c.set_aside, k.wrapped, exists (select from erased where case_id = cast(:case as text)), m.sealed
from (select cast(:case as text) as id) asked left join cases c using (id) left join case_keys k on k.case_id = c.id
    left join commits m on m.case_id = c.id and m.version = c.version;

-- name: version_of$
select version from cases where id = :case and version > 0 and not set_aside;

-- name: commits_of
-- With the keys, in one statement: what is read belongs together. Those of single texts come once, with the first.
select c.version, c.set_aside, k.wrapped, m.version, m.sealed, i.names, i.keys
from cases c left join case_keys k on k.case_id = c.id left join commits m on m.case_id = c.id
    left join lateral (
        select array_agg(name order by name) as names, array_agg(sealed order by name) as keys
        from item_keys where case_id = c.id and m.version = 1
    ) i on true
where c.id = :case
order by m.version;

-- name: begin_case!
-- A case and its key, before the first thing that is locked with it.
with fresh as (
    insert into cases (id) select :case where not exists (select from erased where case_id = :case)
    on conflict do nothing returning id
)
insert into case_keys (case_id, wrapped) select id, :wrapped from fresh;

-- name: append$
-- One commit and all that follows from it, or nothing. False: the version it stands on is not the newest any more.
with head as (
    update cases set version = :version, began_at = coalesce(began_at, :at), next_due = :next_due, closed = :closed
    where id = :case and version = :version - 1 and not set_aside returning id
), commit as (
    insert into commits (case_id, version, sealed) select id, :version, :sealed from head
), no_longer as (
    delete from found_by using head where case_id = head.id and who <> all(cast(:found_by as text[]))
), found as (
    insert into found_by (who, case_id) select who, head.id from head, unnest(cast(:found_by as text[])) as who on conflict do nothing
), keyed as (
    insert into item_keys (case_id, name, sealed)
    select head.id, own.name, own.sealed
    from head, unnest(cast(:key_names as text[]), cast(:own_keys as bytea[])) as own (name, sealed)
    on conflict (case_id, name) do update set sealed = excluded.sealed where item_keys.sealed = ''
), queued as (
    insert into outbox (case_id, notice, queued_at, sealed)
    select head.id, row.notice, :at, row.sealed
    from head, unnest(cast(:notices as text[]), cast(:sealed_notices as bytea[])) with ordinality as row (notice, sealed, place) order by place
    on conflict (case_id, notice) do update
    set queued_at = excluded.queued_at, sealed = excluded.sealed, attempts = 0, not_before = null, set_aside = false
)
select exists (select from head);

-- name: own_keys
-- Of these names, as many as have one that was not destroyed.
select name, sealed from item_keys where case_id = :case and name = any(cast(:names as text[])) and sealed <> '';

-- name: put_commit!
-- The same commit without what was destroyed of it.
update commits set sealed = :sealed where case_id = :case and version = :version;

-- name: is_written$
-- Whether it was this very commit that took the version: no two are sealed alike.
select exists (select from commits where case_id = :case and version = :version and sealed = :sealed);

-- name: set_case_aside!
update cases set set_aside = true where id = :case;

-- name: erase$
-- Key, log, texts, uploads, outbox rows and due entry go with the case; that it was there is noted. False: it does not
-- stand at that version any more. Done twice it is erased once.
with gone as (
    delete from cases where id = :case
        and (cast(:after as integer) is null or (version = cast(:after as integer) and not set_aside)) returning id
), noted as (
    insert into erased (case_id) select id from gone on conflict do nothing
)
select cast(:after as integer) is null or exists (select from gone)
    or exists (select from erased where case_id = cast(:case as text));

-- name: erased
select case_id from erased;

-- name: note_erased!
insert into erased (case_id) select unnest(cast(:cases as text[])) on conflict do nothing;

-- name: is_empty$
select not exists (select from cases) and not exists (select from erased) and not exists (select from documents);

-- ---- uploads -------------------------------------------------------------------------------------------------------

-- name: put_chunk!
-- Of a case that is still there. Done twice it is there once.
insert into blob_chunks (case_id, upload, number, sealed)
select id, :upload, :number, :sealed from cases where id = :case
on conflict do nothing;

-- name: keep_upload^
-- Only now is it an item, and has its own key. The first content stays. Whether the case is still there, and whether this is its item.
with kept as (
    insert into blobs (case_id, item, sealed, upload, chunks)
    select id, :item, :head, :upload, :chunks from cases where id = :case
    on conflict do nothing returning case_id
), keyed as (
    insert into item_keys (case_id, name, sealed) select case_id, :name, :own_key from kept
    on conflict (case_id, name) do update set sealed = excluded.sealed
)
select exists (select from cases where id = :case), exists (select from kept)
    or exists (select from blobs where case_id = :case and item = :item and upload = :upload);

-- name: drop_chunks!
-- Unless they are an item by now.
delete from blob_chunks where case_id = :case and upload = :upload
    and not exists (select from blobs where case_id = :case and upload = :upload);

-- name: blob^
select b.sealed, b.set_aside, k.wrapped, i.sealed, b.upload, b.chunks
from blobs b left join case_keys k using (case_id)
    left join item_keys i on i.case_id = b.case_id and i.name = cast(:name as text)
where b.case_id = :case and b.item = :item;

-- name: chunk$
select sealed from blob_chunks where case_id = :case and upload = :upload and number = :number;

-- name: set_blob_aside!
update blobs set set_aside = true where case_id = :case and item = :item;

-- ---- across cases --------------------------------------------------------------------------------------------------

-- name: cases_of
select id from cases join found_by on case_id = id where who = :who and not set_aside order by began_at, id;

-- name: every
select id from cases where not set_aside order by id;

-- name: closed
select id from cases where closed and not set_aside order by id;

-- name: open_cases$
-- Those that are not closed and that more than one person or group finds: a draft only its author finds.
select count(*) from cases c
where not closed and not set_aside and (select count(*) from found_by where case_id = c.id) > 1;

-- name: due
select id from cases where next_due <= :now and not set_aside order by next_due, id;

-- name: next_due$
select min(next_due) from cases where next_due is not null and not set_aside;

-- name: unreadable
select id || '.case' from cases where set_aside
union all select case_id || '.' || item || '.blob' from blobs where set_aside
union all select case_id || '.' || position || '.notice' from outbox where set_aside
order by 1;

-- name: how_many_aside$
select (select count(*) from cases where set_aside) + (select count(*) from blobs where set_aside)
    + (select count(*) from outbox where set_aside) + (select count(*) from documents where set_aside);

-- ---- outbox --------------------------------------------------------------------------------------------------------

-- name: pending
select o.case_id, o.notice, o.queued_at, o.attempts, o.not_before, o.sealed, k.wrapped
from outbox o join cases c on c.id = o.case_id left join case_keys k on k.case_id = o.case_id
where not o.set_aside and not c.set_aside
order by o.queued_at, o.case_id, o.position;

-- name: settle!
delete from outbox where case_id = :case and notice = any(cast(:notices as text[]));

-- name: put_off!
update outbox set attempts = :attempts, not_before = :not_before where case_id = :case and notice = :notice;

-- name: set_notice_aside!
update outbox set set_aside = true where case_id = :case and notice = :notice;

-- ---- shelves -------------------------------------------------------------------------------------------------------

-- name: document^
select sealed, set_aside from documents where shelf = :shelf and key = :key;

-- name: documents
select key, sealed from documents where shelf = :shelf and not set_aside;

-- name: put_document!
insert into documents (shelf, key, content, sealed) values (:shelf, :key, :content, :sealed)
on conflict (shelf, key) do update set content = excluded.content, sealed = excluded.sealed, set_aside = false
where documents.content <> excluded.content or documents.set_aside;

-- name: drop_document!
delete from documents where shelf = :shelf and key = :key;

-- name: set_document_aside!
update documents set set_aside = true where shelf = :shelf and key = :key;

-- name: documents_aside
select key || '.unreadable' from documents where shelf = :shelf and set_aside order by 1;
