-- What is searched: each chat's title, where message is null, and the text of each message that is not being written.
create table search_entry (
    id      integer primary key,
    owner   text not null,
    chat    text not null,
    message text unique
);

create unique index search_entry_of_title on search_entry (chat) where message is null;

-- What is still to be searched: old texts after an upgrade, and what was imported.
create table search_pending (
    id      integer primary key,
    chat    text not null,
    message text
);

create index search_pending_of_chat on search_pending (chat);

-- search_words is made known by the program: it parts the signs of scripts that do not part their words.
create view search_source as
select search_entry.id, 'o' || replace(search_entry.owner, '-', '') as owner,
    search_words(coalesce(message.content, chat.title)) as text
from search_entry
    left join message on message.id = search_entry.message
    left join chat on chat.id = search_entry.chat and search_entry.message is null;

create virtual table search_text using fts5 (owner, text, content = 'search_source', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2');

-- What is deleted leaves the index at once.
insert into search_text (search_text, rank) values ('secure-delete', 1);

create virtual table search_word using fts5vocab (search_text, col);

create trigger search_entry_added after insert on search_entry begin
    insert into search_text (rowid, owner, text) select id, owner, text from search_source where id = new.id;
end;

create trigger search_entry_removed before delete on search_entry begin
    insert into search_text (search_text, rowid, owner, text)
    select 'delete', id, owner, text from search_source where id = old.id;
end;

-- While chats are imported their owner is "import …": see below.
create trigger message_added after insert on message when new.status <> 'streaming' begin
    insert into search_entry (owner, chat, message)
    select owner, id, new.id from chat where id = new.chat and owner not like 'import %';
end;

create trigger message_changing before update of content on message begin
    delete from search_entry where message = old.id;
end;

create trigger message_changed after update of content on message when new.status <> 'streaming' begin
    insert into search_entry (owner, chat, message)
    select owner, id, new.id from chat where id = new.chat and owner not like 'import %';
end;

create trigger message_removed before delete on message begin
    delete from search_entry where message = old.id;
end;

create trigger chat_added after insert on chat when new.owner not like 'import %' begin
    insert into search_entry (owner, chat) values (new.owner, new.id);
end;

create trigger chat_retitling before update of title on chat when new.title <> old.title begin
    delete from search_entry where chat = old.id and message is null;
end;

create trigger chat_retitled after update of title on chat when new.title <> old.title and new.owner not like 'import %' begin
    insert into search_entry (owner, chat) values (new.owner, new.id);
end;

create trigger chat_imported after update of owner on chat when old.owner like 'import %' and new.owner <> 'deleted' begin
    insert into search_pending (chat) values (new.id);
    insert into search_pending (chat, message) select new.id, id from message where chat = new.id;
end;

create trigger chat_removed before delete on chat begin
    delete from search_pending where chat = old.id;
    delete from search_entry where chat = old.id and message is null;
end;

insert into search_pending (chat) select id from chat;
insert into search_pending (chat, message) select chat, id from message where status <> 'streaming';
