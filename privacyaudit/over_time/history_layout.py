"""How the history's file is laid out, and how an older layout is brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from privacyaudit.errors import RecordError
from privacyaudit.i18n import _
from privacyaudit.storage.encrypted import transaction
from privacyaudit.storage.versions import newer

if TYPE_CHECKING:
    import apsw


VERSION = 4
LAYOUT = """
create table schema_version (version integer not null) strict;
insert into schema_version values (4);
create table records (id text not null primary key, finished real not null, about text not null, record text not null)
strict;
create index records_by_time on records (finished, id, about); -- all that a list needs
create table decisions (check_id text not null, site text not null default '', decision text not null,
primary key (check_id, site)) strict, without rowid;
create table looked (search text not null primary key, looked text not null) strict, without rowid;
create table proof (number integer not null primary key, sha256 text not null, entry text, deleted text) strict;
create table proof_pictures (entry integer not null, place integer not null, content blob not null,
primary key (entry, place)) strict, without rowid;
create table steps (number integer not null primary key, taken text not null) strict;
"""


MIGRATIONS = {  # from a version to the next one
    0: """
create table schema_version (version integer not null) strict;
insert into schema_version values (1);
create table records (id text primary key, record text not null) strict, without rowid;
insert into records select record ->> 'id', record from audits;
drop table audits;
""",
    1: """
create table earlier as select record from records;
drop table records;
create table records (id text not null primary key, finished real not null, about text not null, record text not null)
strict;
insert into records
select record ->> 'id', unixepoch(record ->> 'finished', 'subsec'), json_object(
    'id', record ->> 'id',
    'finished', record ->> 'finished',
    'role', record ->> 'role',
    'sites', (select json_group_object(value ->> 'platform', value ->> 'site') from json_each(record, '$.platforms')),
    'whole', json(case when record ->> 'quick' or record ->> 'stopped' or record -> 'areas' <> '[]'
        then 'false' else 'true' end),
    'demo', record -> 'demo',
    'summary', record -> 'summary'
), record from earlier;
drop table earlier;
create index records_by_time on records (finished, id, about);
create table decisions (check_id text not null, site text not null default '', decision text not null,
primary key (check_id, site)) strict, without rowid;
delete from schema_version;
insert into schema_version values (2);
""",
    2: """
create table looked (search text not null primary key, looked text not null) strict, without rowid;
delete from schema_version;
insert into schema_version values (3);
""",
    3: """
create table proof (number integer not null primary key, sha256 text not null, entry text, deleted text) strict;
create table proof_pictures (entry integer not null, place integer not null, content blob not null,
primary key (entry, place)) strict, without rowid;
create table steps (number integer not null primary key, taken text not null) strict;
delete from schema_version;
insert into schema_version values (4);
""",
}


def bring_up_to_date(file: Path, connection: apsw.Connection) -> None:
    """Raise an older layout to this one, step by step and in one transaction. Raises RecordError."""
    if _version(file, connection) == VERSION:
        return
    with transaction(connection):
        while (version := _version(file, connection)) < VERSION:
            connection.execute(MIGRATIONS[version])


def _version(file: Path, connection: apsw.Connection) -> int:
    tables = {name for (name,) in connection.execute("select name from sqlite_schema where type = 'table'")}
    if "schema_version" in tables:
        version = int(str(connection.execute("select version from schema_version").get))
        if version > VERSION:
            raise newer(file)
        return version
    if "audits" in tables:
        return 0
    raise RecordError(
        _("{path} is not a history of this program.").format(path=file),
        _("The program did not change the file. Move it away, and the program will start a new history."),
    )
