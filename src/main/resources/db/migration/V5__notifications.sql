-- What users are told besides their replies: for each the newest few, in order. It is written in the transaction that
-- makes it true. A row has an empty owner where it is for everybody.
create table notification (
    id      ${sequence},
    owner   text   not null,
    kind    text   not null,
    chat    text,
    reply   text,
    detail  text,
    created bigint not null
);

create index notification_of_owner on notification (owner, id);
