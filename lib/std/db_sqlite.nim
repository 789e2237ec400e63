## Databases of SQLite, whose C library has to be installed.
##
## A query has `?` where a value goes; the values follow it and are quoted.

import std/[db_common, macros, sqlite3]
export db_common

type
  DbConn* = PSqlite3 ## A connection.
  Row* = seq[string] ## A row. NULL is an empty text.
  InstantRow* = PStmt ## A row while it is the current one.
  SqlPrepared* = distinct PStmt ## A prepared statement.

proc dbError*(db: DbConn) {.noreturn.} =
  ## Raises what the connection last complained of.
  dbError($errmsg(db))

proc dbQuote*(s: string): string =
  ## The text as a literal of SQL.
  result = "'"
  for c in s:
    if c == '\'': result.add "''"
    else: result.add c
  result.add '\''

proc dbFormat(query: SqlQuery, args: openArray[string]): string =
  var next = 0
  for c in string(query):
    if c != '?': result.add c
    elif next < args.len:
      result.add dbQuote(args[next])
      inc next
    else: dbError("""The number of "?" given exceeds the number of parameters present in the query.""")

proc tryPrepare(db: DbConn, query: string, stmt: var PStmt): bool =
  assert not db.isNil, "Database not connected."
  prepare_v2(db, query, query.len.cint, stmt, nil) == SQLITE_OK

proc setupQuery(db: DbConn, query: SqlQuery, args: openArray[string]): PStmt =
  if not tryPrepare(db, dbFormat(query, args), result): dbError(db)

proc done(db: DbConn, stmt: PStmt) =
  if finalize(stmt) != SQLITE_OK: dbError(db)

proc ended(status: int32): bool = status == SQLITE_DONE or status == SQLITE_ROW

# Connections

proc open*(connection, user, password, database: string): DbConn =
  ## Opens the file `connection`, or a database in memory for `:memory:`.
  if sqlite3.open(connection, result) != SQLITE_OK: dbError(result)

proc close*(db: DbConn) =
  ## Closes the connection.
  if sqlite3.close(db) != SQLITE_OK: dbError(db)

# Without results

proc tryExec*(db: DbConn, query: SqlQuery, args: varargs[string, `$`]): bool =
  ## Runs a query; did that go well?
  var stmt: PStmt
  if tryPrepare(db, dbFormat(query, args), stmt):
    let went = ended(step(stmt))
    result = finalize(stmt) == SQLITE_OK and went

proc tryExec*(db: DbConn, stmtName: SqlPrepared): bool =
  ## Runs a prepared statement, which is given up when that fails.
  result = ended(step(PStmt(stmtName)))
  if not result: discard finalize(PStmt(stmtName))

proc exec*(db: DbConn, query: SqlQuery, args: varargs[string, `$`]) =
  ## Runs a query. DbError when it fails.
  if not tryExec(db, query, args): dbError(db)

proc execAffectedRows*(db: DbConn, query: SqlQuery, args: varargs[string, `$`]): int64 =
  ## Runs a query; gives how many rows it changed.
  exec(db, query, args)
  changes(db)

proc tryInsertID*(db: DbConn, query: SqlQuery, args: varargs[string, `$`]): int64 =
  ## Inserts a row; gives its id, or -1.
  result = -1
  var stmt: PStmt
  if tryPrepare(db, dbFormat(query, args), stmt):
    if step(stmt) == SQLITE_DONE: result = last_insert_rowid(db)
    if finalize(stmt) != SQLITE_OK: result = -1

proc insertID*(db: DbConn, query: SqlQuery, args: varargs[string, `$`]): int64 =
  ## Inserts a row; gives its id.
  result = tryInsertID(db, query, args)
  if result < 0: dbError(db)

proc tryInsert*(db: DbConn, query: SqlQuery, pkName: string, args: varargs[string, `$`]): int64 =
  ## As `tryInsertID`: there is no need to name the primary key.
  tryInsertID(db, query, args)

proc insert*(db: DbConn, query: SqlQuery, pkName: string, args: varargs[string, `$`]): int64 =
  ## As `insertID`.
  insertID(db, query, args)

# Rows

proc column(stmt: PStmt, i: int32): string =
  let size = column_bytes(stmt, i)
  if column_type(stmt, i) == SQLITE_BLOB:
    result = newString(size)
    if size > 0: copyMem(addr result[0], column_blob(stmt, i), size)
  else:
    let text = column_text(stmt, i)
    if not text.isNil: result = $text

proc row(stmt: PStmt): Row =
  for i in 0'i32 ..< column_count(stmt): result.add column(stmt, i)

iterator instantRows*(db: DbConn, query: SqlQuery, args: varargs[string, `$`]): InstantRow =
  ## The rows, each to be looked at while it is the current one.
  let stmt = setupQuery(db, query, args)
  try:
    while step(stmt) == SQLITE_ROW: yield stmt
  finally: done(db, stmt)

proc kindOf(columnType: int32): DbTypeKind =
  case columnType
  of SQLITE_INTEGER: dbInt
  of SQLITE_FLOAT: dbFloat
  of SQLITE_TEXT: dbVarchar
  of SQLITE_BLOB: dbBlob
  of SQLITE_NULL: dbNull
  else: dbUnknown

proc describe(columns: var DbColumns, stmt: PStmt) =
  columns.setLen(column_count(stmt))
  for i in 0'i32 ..< column_count(stmt):
    let kind = kindOf(column_type(stmt, i))
    columns[i].name = $column_name(stmt, i)
    columns[i].tableName = $column_table_name(stmt, i)
    columns[i].typ.name = $column_decltype(stmt, i)
    columns[i].typ.kind = kind
    if kind in {dbInt, dbFloat}: columns[i].typ.size = 8

iterator instantRows*(db: DbConn, columns: var DbColumns, query: SqlQuery, args: varargs[string, `$`]): InstantRow =
  ## The same; `columns` tells about the columns.
  let stmt = setupQuery(db, query, args)
  describe(columns, stmt)
  try:
    while step(stmt) == SQLITE_ROW: yield stmt
  finally: done(db, stmt)

iterator instantRows*(db: DbConn, stmtName: SqlPrepared): InstantRow =
  ## The rows of a prepared statement.
  while step(PStmt(stmtName)) == SQLITE_ROW: yield PStmt(stmtName)

proc `[]`*(row: InstantRow, col: int32): string {.inline.} =
  ## The text of a column.
  $column_text(row, col)

proc unsafeColumnAt*(row: InstantRow, index: int32): cstring {.inline.} =
  ## The text as it is in the database's memory, for as long as the row is the current one.
  column_text(row, index)

proc len*(row: InstantRow): int32 {.inline.} =
  ## The number of columns.
  column_count(row)

iterator fastRows*(db: DbConn, query: SqlQuery, args: varargs[string, `$`]): Row =
  ## The rows. A loop that is left early ends the query.
  for stmt in instantRows(db, query, args): yield row(stmt)

iterator fastRows*(db: DbConn, stmtName: SqlPrepared): Row =
  ## The rows of a prepared statement.
  for stmt in instantRows(db, stmtName): yield row(stmt)

iterator rows*(db: DbConn, query: SqlQuery, args: varargs[string, `$`]): Row =
  ## The rows.
  for r in fastRows(db, query, args): yield r

iterator rows*(db: DbConn, stmtName: SqlPrepared): Row =
  ## The rows of a prepared statement.
  for r in fastRows(db, stmtName): yield r

proc getAllRows*(db: DbConn, query: SqlQuery, args: varargs[string, `$`]): seq[Row] =
  ## All rows.
  for r in fastRows(db, query, args): result.add r

proc getAllRows*(db: DbConn, stmtName: SqlPrepared): seq[Row] =
  ## All rows of a prepared statement.
  for r in fastRows(db, stmtName): result.add r

proc getRow*(db: DbConn, query: SqlQuery, args: varargs[string, `$`]): Row =
  ## The first row; of empty texts when there is none.
  let stmt = setupQuery(db, query, args)
  if step(stmt) == SQLITE_ROW: result = row(stmt)
  else: result = newSeq[string](column_count(stmt))
  done(db, stmt)

proc getValue*(db: DbConn, query: SqlQuery, args: varargs[string, `$`]): string =
  ## The first column of the first row, or an empty text.
  let stmt = setupQuery(db, query, args)
  if step(stmt) == SQLITE_ROW: result = column(stmt, 0)
  done(db, stmt)

proc getValue*(db: DbConn, stmtName: SqlPrepared): string =
  ## The same for a prepared statement.
  if step(PStmt(stmtName)) == SQLITE_ROW: result = column(PStmt(stmtName), 0)

proc setEncoding*(connection: DbConn, encoding: string): bool =
  ## Has the texts of a new database encoded in some way. Is it so?
  exec(connection, sql"PRAGMA encoding = ?", encoding)
  connection.getValue(sql"PRAGMA encoding") == encoding

# Prepared statements

proc prepare*(db: DbConn, q: string): SqlPrepared =
  ## Prepares a statement, to be given up with `finalize`.
  var stmt: PStmt
  if not tryPrepare(db, q, stmt):
    discard finalize(stmt)
    dbError(db)
  SqlPrepared(stmt)

proc finalize*(sqlPrepared: SqlPrepared) =
  ## Gives a prepared statement up.
  discard finalize(PStmt(sqlPrepared))

template dbBindParamError*(paramIdx: int, val: varargs[untyped]) =
  ## Raises the error of a parameter that cannot be bound.
  dbError("error binding param in position " & $paramIdx)

proc bound(status: int32, paramIdx: int) =
  if status != SQLITE_OK: dbBindParamError(paramIdx)

proc bindParam*(ps: SqlPrepared, paramIdx: int, val: int32) =
  ## Gives the parameter at `paramIdx`, counted from 1, a value.
  bound(bind_int(PStmt(ps), paramIdx.int32, val), paramIdx)
proc bindParam*(ps: SqlPrepared, paramIdx: int, val: int64) =
  bound(bind_int64(PStmt(ps), paramIdx.int32, val), paramIdx)
proc bindParam*(ps: SqlPrepared, paramIdx: int, val: int) = bindParam(ps, paramIdx, val.int64)
proc bindParam*(ps: SqlPrepared, paramIdx: int, val: float64) =
  bound(bind_double(PStmt(ps), paramIdx.int32, val), paramIdx)
proc bindNull*(ps: SqlPrepared, paramIdx: int) =
  ## Makes it NULL.
  bound(bind_null(PStmt(ps), paramIdx.int32), paramIdx)

proc keeping(copy: bool): Tbind_destructor_func = (if copy: SQLITE_TRANSIENT else: SQLITE_STATIC)

proc bindParam*(ps: SqlPrepared, paramIdx: int, val: string, copy = true) =
  ## Without `copy` the text has to stay where it is.
  bound(bind_text(PStmt(ps), paramIdx.int32, val.cstring, val.len.int32, keeping(copy)), paramIdx)

proc bindParam*(ps: SqlPrepared, paramIdx: int, val: openArray[byte], copy = true) =
  ## Without `copy` the bytes have to stay where they are.
  let start = if val.len > 0: unsafeAddr val[0] else: nil
  bound(bind_blob(PStmt(ps), paramIdx.int32, start, val.len.int32, keeping(copy)), paramIdx)

macro bindParams*(ps: SqlPrepared, params: varargs[untyped]): untyped =
  ## Gives the parameters values, in order. `nil` is NULL.
  let statement = genSym(nskLet, "statement")
  result = newStmtList(newLetStmt(statement, ps))
  for i, param in params:
    let place = newLit(i + 1)
    if param.kind == nnkNilLit: result.add newCall(bindSym"bindNull", statement, place)
    else: result.add newCall(bindSym("bindParam", brOpen), statement, place, param)

proc startAgain*(db: DbConn, ps: SqlPrepared) =
  ## Makes a prepared statement as it was before its first run.
  if reset(PStmt(ps)) != SQLITE_OK or clear_bindings(PStmt(ps)) != SQLITE_OK: dbError(db)

template exec*(db: DbConn, stmtName: SqlPrepared, args: varargs[typed]): untyped =
  ## Runs a prepared statement, with these values if there are any.
  when varargsLen(args) > 0:
    startAgain(db, stmtName)
    bindParams(stmtName, args)
  if not tryExec(db, stmtName): dbError(db)

proc execAffectedRows*(db: DbConn, stmtName: SqlPrepared): int64 =
  ## Runs a prepared statement; gives how many rows it changed.
  exec(db, stmtName)
  changes(db)
