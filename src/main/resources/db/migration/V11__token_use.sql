-- What each person's requests took, by day (UTC, since 1 January 1970) and model, as the models' servers counted it.
create table token_use (
    owner             text   not null,
    day               bigint not null,
    model             text   not null,
    requests          bigint not null,
    prompt_tokens     bigint not null,
    completion_tokens bigint not null,
    primary key (owner, day, model)
);
