-- A text that has been written is taken into the index later, with others: see PendingTexts. What an insert alone adds to the index is
-- a segment of its own, which is merged with others again and again.
drop index search_pending_of_chat;
drop trigger message_added;
drop trigger message_changed;
drop trigger chat_added;
drop trigger chat_retitled;
drop trigger chat_removed;

create trigger message_added after insert on message when new.status <> 'streaming' begin
    insert into search_pending (chat, message)
    select id, new.id from chat where id = new.chat and owner not like 'import %' and not temporary;
end;

create trigger message_changed after update of content on message when new.status <> 'streaming' begin
    insert into search_pending (chat, message)
    select id, new.id from chat where id = new.chat and owner not like 'import %' and not temporary;
end;

create trigger chat_added after insert on chat when new.owner not like 'import %' and not new.temporary begin
    insert into search_pending (chat) values (new.id);
end;

create trigger chat_retitled after update of title on chat
when new.title <> old.title and new.owner not like 'import %' and not new.temporary begin
    insert into search_pending (chat) values (new.id);
end;

create trigger chat_removed before delete on chat begin
    delete from search_entry where chat = old.id and message is null;
end;

-- Each merge writes what it merges again: sixteen segments at a time in place of four make fewer of them.
insert into search_text (search_text, rank) values ('automerge', 16);
