discard """
  output: '''
done
'''
"""
# A database of SQLite, where its C library is installed.
import std/[db_sqlite, dynlib]
from std/sqlite3 import PStmt, reset, clear_bindings

proc refused(run: proc ()): string =
  try:
    run()
    result = "nothing"
  except DbError as e: result = e.msg

proc queries(db: DbConn) =
  db.exec(sql"DROP TABLE IF EXISTS t")
  db.exec(sql"CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL, x REAL, b BLOB)")
  for i in 1 .. 3: db.exec(sql"INSERT INTO t (name, x) VALUES (?, ?)", "it's " & $i, float(i) * 1.5)
  doAssert db.getAllRows(sql"SELECT id, name, x, b FROM t WHERE id > ?", 1) == @[@["2", "it's 2", "3.0", ""],
    @["3", "it's 3", "4.5", ""]]
  doAssert db.getRow(sql"SELECT id, x FROM t WHERE id = ?", 99) == @["", ""]
  doAssert db.getValue(sql"SELECT count(*) FROM t") == "3"
  doAssert db.insertID(sql"INSERT INTO t (name) VALUES (?)", "new") == 4
  doAssert db.tryInsertID(sql"INSERT INTO nope VALUES (?)", 1) == -1
  doAssert db.execAffectedRows(sql"UPDATE t SET x = 0") == 4
  doAssert not db.tryExec(sql"no sql")
  for row in db.rows(sql"SELECT name FROM t"):
    if row[0] == "it's 2": break # the query ends here
  var columns: DbColumns
  for row in db.instantRows(columns, sql"SELECT id, name, x FROM t LIMIT 1"):
    doAssert row.len == 3 and row[1] == "it's 1" and row.unsafeColumnAt(0) == "1"
  doAssert columns[0].name == "id" and columns[1].typ.name == "VARCHAR(50)" and columns[2].tableName == "t"

proc prepared(db: DbConn) =
  let insert = db.prepare("INSERT INTO t (name, x, b) VALUES (?, ?, ?)")
  insert.bindParams("prepared", 2.5, "bytes")
  db.exec(insert)
  db.exec(insert, "again", nil, nil)
  finalize(insert)
  let select = db.prepare("SELECT name, x FROM t WHERE id > ?")
  select.bindParam(1, 4)
  doAssert db.getAllRows(select) == @[@["prepared", "2.5"], @["again", ""]]
  finalize(select)

proc mistakes(db: DbConn) =
  doAssert refused(proc () = db.exec(sql"SELECT * FROM nope")) == "no such table: nope"
  doAssert refused(proc () = db.exec(sql"INSERT INTO t (id, name) VALUES (1, 'x')")) == "UNIQUE constraint failed: t.id"
  doAssert refused(proc () = db.exec(sql"SELECT ?, ?", 1)) ==
    """The number of "?" given exceeds the number of parameters present in the query."""
  doAssert refused(proc () = discard db.prepare("nope")) == "near \"nope\": syntax error"
  doAssert refused(proc () = discard open("/nonexistent/x.db", "", "", "")) == "unable to open database file"
  doAssert dbQuote("a'b") == "'a''b'"

if loadLibPattern("libsqlite3.so(|.0)") != nil:
  let db = open(":memory:", "", "", "")
  queries(db)
  prepared(db)
  mistakes(db)
  db.close()
echo "done"
