-- 1 while a chat has the title that its first prompt gave it, so that a model may be asked for a better one; 2 once it is asked.
alter table chat add column untitled integer not null default 0;

-- What people call a chat to find it again: ,one,two, or nothing. In small letters.
alter table chat add column tags text not null default '';
