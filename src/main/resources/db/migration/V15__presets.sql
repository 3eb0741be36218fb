-- How the model is to write in a chat from now on, where that was chosen, and of each reply how it was written.
alter table chat add column temperature real;
alter table chat add column max_tokens bigint;
alter table chat add column reasoning_effort text;
alter table message add column reasoning_effort text;

-- A temporary chat is in no list and no search, and is deleted a day after its last reply.
alter table chat add column temporary boolean not null default false;

create index chat_temporary on chat (updated) where temporary;

-- What a chat can begin with, by a name.
create table preset (
    id               text   primary key,
    owner            text   not null,
    name             text   not null,
    model            text,
    system           text,
    temperature      real,
    max_tokens       bigint,
    reasoning_effort text,
    prompt           text,
    unique (owner, name)
);

drop trigger message_added;
create trigger message_added after insert on message when new.status <> 'streaming' begin
    insert into search_entry (owner, chat, message)
    select owner, id, new.id from chat where id = new.chat and owner not like 'import %' and not temporary;
end;

drop trigger message_changed;
create trigger message_changed after update of content on message when new.status <> 'streaming' begin
    insert into search_entry (owner, chat, message)
    select owner, id, new.id from chat where id = new.chat and owner not like 'import %' and not temporary;
end;

drop trigger chat_added;
create trigger chat_added after insert on chat when new.owner not like 'import %' and not new.temporary begin
    insert into search_entry (owner, chat) values (new.owner, new.id);
end;

drop trigger chat_retitled;
create trigger chat_retitled after update of title on chat
when new.title <> old.title and new.owner not like 'import %' and not new.temporary begin
    insert into search_entry (owner, chat) values (new.owner, new.id);
end;
