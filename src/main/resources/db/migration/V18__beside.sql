-- Several replies may run in a chat at once where they answer the same prompt, each by a model of its own.
drop index running_reply_of_chat;
create unique index running_reply_of_model on message (chat, model) where status = 'streaming';

create trigger message_running after insert on message when new.status = 'streaming' and exists (
    select 1 from message as other
    where other.chat = new.chat and other.status = 'streaming' and other.id <> new.id and (other.parent = new.parent) is not true)
begin
    select raise(abort, 'another prompt of the chat is being answered');
end;

create trigger message_running_again after update of status on message when new.status = 'streaming' and exists (
    select 1 from message as other
    where other.chat = new.chat and other.status = 'streaming' and other.id <> new.id and (other.parent = new.parent) is not true)
begin
    select raise(abort, 'another prompt of the chat is being answered');
end;

-- The replies of a send to several models, in the order in which those were named.
create table send_reply (
    owner    text    not null,
    send     text    not null,
    position integer not null,
    reply    text    not null,
    model    text    not null,
    primary key (owner, send, position),
    foreign key (owner, send) references send (owner, id) on delete cascade
);
