-- Schema 2. Uploads lie in chunks, each sealed by itself, so that no file is ever in memory as a whole.

alter table blobs add column upload text collate "C", add column chunks integer check (chunks > 0);
comment on column blobs.upload is 'Whose chunks these are; `sealed` is then the head of the content alone. Null: an '
    'upload of before, which lies in `sealed` as a whole.';

create table blob_chunks (
    case_id text collate "C" not null references cases on delete cascade,
    upload text collate "C" not null,
    number integer not null check (number >= 0),
    sealed bytea not null,
    primary key (case_id, upload, number)
);
comment on table blob_chunks is 'Chunks that no row of blobs names are of an upload that never came to its end: they '
    'are removed when the store is next opened.';
alter table blob_chunks alter column sealed set storage external;
