-- Tells whether a chat has changed without a look at its texts.
drop index message_of_chat;
create index message_of_chat on message (chat, id, status, stops);
