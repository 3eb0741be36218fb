-- A link by which anybody reads a chat: what led to one message when the link was made. Of its token only the SHA-256 hash is kept.
create table share (
    id      text   primary key,
    hash    text   not null unique,
    owner   text   not null,
    chat    text   not null unique references chat (id) on delete cascade,
    message text   not null references message (id) on delete cascade,
    title   text   not null,
    created bigint not null,
    ends    bigint
);

create index share_of_owner on share (owner);
create index share_of_message on share (message);
