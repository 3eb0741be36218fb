-- What a person chose for a reply, so that it is the same when the reply is continued or asked for again.
alter table message add column temperature real;
alter table message add column max_tokens bigint;
