-- Files that people have sent. What a file holds is kept beside the database, under its SHA-256 hash; text is the hash of what a model
-- reads of it, where that is not the file itself, and text_size how many bytes that are.
create table upload (
    id      text   primary key,
    owner   text   not null,
    hash    text   not null,
    text    text,
    name    text   not null,
    type    text   not null,
    size    bigint not null,
    text_size bigint not null,
    tokens  bigint not null,
    created bigint not null
);

create index upload_of_owner on upload (owner);
create index upload_of_hash on upload (hash);
create index upload_of_text on upload (text);

-- The files beside a prompt, in order.
create table attachment (
    message  text    not null references message (id) on delete cascade,
    position integer not null,
    upload   text    not null references upload (id),
    primary key (message, position)
);

create index attachment_of_upload on attachment (upload);

-- Files that may be needed by nobody any more.
create table loose_file (
    hash text primary key
);

-- An upload goes with the last message that has it, however that goes.
create trigger attachment_removed after delete on attachment
when not exists (select 1 from attachment where upload = old.upload) begin
    delete from upload where id = old.upload;
end;

create trigger upload_removed after delete on upload begin
    insert or ignore into loose_file (hash) values (old.hash), (coalesce(old.text, old.hash));
end;
