-- What a crash has left of replies goes into their messages: the pieces that fit on to each other.
create index checkpoint_of_reply on checkpoint (reply, reasoning, start, id);

create table kept (
    reply     text    not null,
    reasoning boolean not null,
    text      text    not null,
    last      bigint  not null
);

insert into kept (reply, reasoning, text, last)
with recursive joined (reply, reasoning, text, last) as (
    select id, false, content, 0 from message where status = 'streaming'
    union all
    select id, true, reasoning, 0 from message where status = 'streaming'
    union all
    select joined.reply, joined.reasoning, joined.text || checkpoint.piece, checkpoint.id
    from joined join checkpoint on checkpoint.id = (
        select min(id) from checkpoint as next
        where next.reply = joined.reply and next.reasoning = joined.reasoning
          and next.start = octet_length(joined.text) and next.id > joined.last))
select reply, reasoning, text, last from joined;

update message set
    content = (select text from kept where reply = message.id and not reasoning order by last desc limit 1),
    reasoning = (select text from kept where reply = message.id and reasoning order by last desc limit 1)
where status = 'streaming';

drop table kept;
drop table checkpoint;

-- The newest text of running replies: a row for each time round, with what was new in all of them, packed.
create table checkpoint (
    id     ${key},
    pieces ${bytes} not null
);
