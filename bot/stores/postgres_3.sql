-- Schema 3. What may be destroyed by itself has a key of its own, in a row of its own that goes with it.

create table item_keys (
    case_id text collate "C" not null references cases on delete cascade,
    name text collate "C" not null,
    sealed bytea not null,
    primary key (case_id, name)
);
comment on table item_keys is 'Keys of single texts and uploads, each sealed by the key of its case; empty: destroyed. '
    'What was kept before there were such keys is under the key of the case.';
