-- Of the tokens of a prompt those that the model server had read before, of those of a reply those that it thought with.
alter table message add column cached_tokens integer not null default 0;
alter table message add column reasoning_tokens integer not null default 0;
