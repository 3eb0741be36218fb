-- 1 while a chat has the title that its first prompt gave it, so that a model may be asked for a better one; 2 once it is asked.
alter table chat add column untitled integer not null default 0;

-- What people call a chat to find it again: ,one,two, or nothing. In small letters.
alter table chat add column tags text not null default '';

-- The files beside prompts that wait, in order.
create table queued_file (
    chat     text    not null,
    prompt   text    not null,
    position integer not null,
    upload   text    not null references upload (id),
    primary key (chat, prompt, position),
    foreign key (chat, prompt) references queued_prompt (chat, id) on delete cascade
);

create index queued_file_of_upload on queued_file (upload);

create view used_upload as select upload from attachment union all select upload from queued_file;

drop trigger attachment_removed;
create trigger attachment_removed after delete on attachment
when not exists (select 1 from used_upload where upload = old.upload) begin
    delete from upload where id = old.upload;
end;

create trigger queued_file_removed after delete on queued_file
when not exists (select 1 from used_upload where upload = old.upload) begin
    delete from upload where id = old.upload;
end;
