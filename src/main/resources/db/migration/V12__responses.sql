-- What programs ask for by OpenAI's Responses API: of a reply the first message that its model read and the fields of the request,
-- of a prompt the items that it consists of, where they are more than its text. Both are JSON.
alter table message add column system text;
alter table message add column request text;
alter table message add column input text;
