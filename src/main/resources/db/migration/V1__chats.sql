create table chat (
    id       text    primary key,
    owner    text    not null,
    title    text    not null,
    model    text,
    system   text    not null,
    pinned   boolean not null default false,
    archived boolean not null default false,
    created  bigint  not null,
    updated  bigint  not null
);

create index chat_of_owner on chat (owner, pinned desc, updated desc, id desc);

-- A prompt or a reply. What only a reply has is null on a prompt.
create table message (
    id                text    primary key,
    chat              text    not null references chat (id) on delete cascade,
    parent            text,
    role              text    not null,
    content           text    not null,
    reasoning         text    not null default '',
    status            text    not null,
    finish_reason     text,
    prompt_tokens     bigint,
    completion_tokens bigint,
    total_tokens      bigint,
    error_code        text,
    error_status      integer,
    error_title       text,
    error_detail      text,
    model             text,
    epoch             bigint,
    stops             integer not null default 0,
    omitted           integer not null default 0,
    created           bigint  not null
);

create index message_of_chat on message (chat, id);

-- One prompt at a time for each chat.
create unique index running_reply_of_chat on message (chat) where status = 'streaming';

-- What a client has sent, so that sending it again is not asking again. It outlives the chat on purpose.
create table send (
    owner       text not null,
    id          text not null,
    fingerprint text not null,
    chat        text not null,
    message     text not null,
    reply       text not null,
    primary key (owner, id)
);

-- The newest text of running replies, in the order in which it came: behind what message has of a reply, the pieces
-- that fit on to each other. Those of replies that have ended are dead, and are swept from the low ids up.
create table checkpoint (
    id        ${sequence},
    reply     text    not null,
    reasoning boolean not null,
    start     integer not null,
    piece     text    not null
);
