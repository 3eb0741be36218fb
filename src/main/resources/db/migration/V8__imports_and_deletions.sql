-- Accounts that were deleted: nothing is written for them any more by what was on its way then.
create table deleted_account (
    id text primary key
);

-- What was imported, by the hash of its content, so that the same file again brings nothing new.
create table imported (
    owner       text not null,
    fingerprint text not null,
    chat        text not null references chat (id) on delete cascade,
    primary key (owner, fingerprint)
);

create index imported_of_chat on imported (chat);
