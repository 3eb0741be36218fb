-- Prompts that wait until the reply that runs in their chat is complete. One leaves in the transaction that makes a message of it.
create table queued_prompt (
    place       ${sequence},
    chat        text   not null references chat (id) on delete cascade,
    id          text   not null,
    prompt      text   not null,
    fingerprint text   not null,
    behind      text,
    created     bigint not null,
    unique (chat, id)
);
