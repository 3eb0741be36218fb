/// The fault kit: ways to make the world around a server go wrong, on any machine and without privileges.
///
/// | what goes wrong | how |
/// | --- | --- |
/// | the disk is full | [runnel.faults.FullDisk]: SQLite itself finds no room for another page |
/// | the database is locked | [runnel.faults.LockedDatabase]: another connection holds the write lock |
/// | the database cannot be written | [runnel.faults.UnwritableDatabase]: SQLite itself refuses to write |
/// | the process is killed | [runnel.faults.Crash]: a copy of the files as they are at a moment |
/// | the model's server misbehaves | [runnel.upstream.openai.Scenarios], by name |
/// | a reader's line breaks | [runnel.SseReader#cutAfter] |
/// | a proxy holds back or cuts | [runnel.faults.Nginx]: a real one with a test's lines |
/// | it takes a while | [runnel.faults.Eventually] |
package runnel.faults;
