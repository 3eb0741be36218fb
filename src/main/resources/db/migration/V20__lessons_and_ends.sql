-- What was learned of models by asking them, by the hash of their server's address.
create table lesson (
    server  text   not null,
    model   text   not null,
    lesson  text   not null,
    learned bigint not null,
    primary key (server, model)
);

-- When a reply ended last.
alter table message add column ended bigint;
