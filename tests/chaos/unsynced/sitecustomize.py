"""On PYTHONPATH, it takes the sync of its commits from SQLite in every process: what a power cut must then be seen to take."""

import sqlite3


class Unsynced(sqlite3.Connection):
    def execute(self, sql, *parameters):
        return super().execute("pragma synchronous=off" if "synchronous" in sql else sql, *parameters)


_connect = sqlite3.connect


def _unsynced(*arguments, **options):
    return _connect(*arguments, **{"factory": Unsynced, **options})


sqlite3.connect = _unsynced
