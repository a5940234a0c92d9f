-- Schema 1. What people wrote, and who they are, is sealed by the bot before it comes here: the server sees ids of
-- cases, moments, sizes and counts. A later schema is a new file with the next number, and this one is never changed.

create table schema_version (
    version integer primary key,
    since timestamptz not null default now()
);

create table vault (
    name text primary key,
    sealed bytea not null
);
comment on table vault is 'check: tells a wrong master key from the right one before anything else is touched. '
    'secret: what hidden names and the keys of shelves follow from, wrapped by the master key';

create table cases (
    id text collate "C" primary key,
    version integer not null default 0 check (version >= 0),
    began_at timestamptz,
    next_due timestamptz,
    closed boolean not null default false,
    set_aside boolean not null default false
);
comment on column cases.version is 'Number of commits. 0: so far there are uploads only.';
comment on column cases.set_aside is 'Could not be read: kept as it is, told to the administrator, never read as empty.';
create index cases_due on cases (next_due, id) where next_due is not null and not set_aside;

create table case_keys (
    case_id text collate "C" primary key references cases on delete cascade,
    wrapped bytea not null
);
comment on table case_keys is 'Each case has a key of its own, wrapped by the master key. Without it the case is gone.';

create table commits (
    case_id text collate "C" not null references cases on delete cascade,
    version integer not null check (version > 0),
    sealed bytea not null,
    primary key (case_id, version)
);
alter table commits alter column sealed set storage external; -- sealed bytes do not get smaller

create table found_by (
    who text collate "C" not null,
    case_id text collate "C" not null references cases on delete cascade,
    primary key (who, case_id)
);
comment on column found_by.who is 'A person or a group, hidden by a keyed hash.';
create index found_by_case on found_by (case_id);

create table outbox (
    case_id text collate "C" not null references cases on delete cascade,
    notice text collate "C" not null,
    position bigint generated always as identity,
    queued_at timestamptz not null,
    attempts integer not null default 0,
    not_before timestamptz,
    sealed bytea not null,
    set_aside boolean not null default false,
    primary key (case_id, notice)
);
comment on column outbox.notice is 'The id of the notice, hidden by a keyed hash.';

create table blobs (
    case_id text collate "C" not null references cases on delete cascade,
    item text collate "C" not null,
    sealed bytea not null,
    set_aside boolean not null default false,
    primary key (case_id, item)
);
alter table blobs alter column sealed set storage external;

create table erased (
    case_id text collate "C" primary key,
    since timestamptz not null default now()
);
comment on table erased is 'Ids of erased cases, never used again. Carry its rows over when a backup is put back.';

create table documents (
    shelf text collate "C" not null,
    key text collate "C" not null,
    content text not null,
    sealed bytea not null,
    set_aside boolean not null default false,
    primary key (shelf, key)
);
comment on column documents.key is 'Hidden by a keyed hash; the key itself stands inside.';
comment on column documents.content is 'A keyed hash of the document: the same again is not written again.';
