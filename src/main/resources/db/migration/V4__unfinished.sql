-- Replies that the end of a process cut off, and that the next start may continue by itself. Each leaves when it goes on.
create table unfinished (
    reply text primary key references message (id) on delete cascade
);
