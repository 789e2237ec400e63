## The C library SQLite. `db_sqlite` is easier to use.

const
  SQLITE_INTEGER* = 1
  SQLITE_FLOAT* = 2
  SQLITE_TEXT* = 3
  SQLITE_BLOB* = 4
  SQLITE_NULL* = 5
  SQLITE_UTF8* = 1
  SQLITE_UTF16LE* = 2
  SQLITE_UTF16BE* = 3
  SQLITE_UTF16* = 4
  SQLITE_ANY* = 5
  SQLITE_OK* = 0
  SQLITE_ERROR* = 1
  SQLITE_INTERNAL* = 2
  SQLITE_PERM* = 3
  SQLITE_ABORT* = 4
  SQLITE_BUSY* = 5
  SQLITE_LOCKED* = 6
  SQLITE_NOMEM* = 7
  SQLITE_READONLY* = 8
  SQLITE_INTERRUPT* = 9
  SQLITE_IOERR* = 10
  SQLITE_CORRUPT* = 11
  SQLITE_NOTFOUND* = 12
  SQLITE_FULL* = 13
  SQLITE_CANTOPEN* = 14
  SQLITE_PROTOCOL* = 15
  SQLITE_EMPTY* = 16
  SQLITE_SCHEMA* = 17
  SQLITE_TOOBIG* = 18
  SQLITE_CONSTRAINT* = 19
  SQLITE_MISMATCH* = 20
  SQLITE_MISUSE* = 21
  SQLITE_NOLFS* = 22
  SQLITE_AUTH* = 23
  SQLITE_FORMAT* = 24
  SQLITE_RANGE* = 25
  SQLITE_NOTADB* = 26
  SQLITE_ROW* = 100
  SQLITE_DONE* = 101
  SQLITE_DETERMINISTIC* = 0x800

type
  Sqlite3 {.incompleteStruct.} = object
  TStmt {.incompleteStruct.} = object
  PSqlite3* = ptr Sqlite3 ## A connection.
  PStmt* = ptr TStmt ## A prepared statement.
  Callback* = proc (para1: pointer, para2: int32, para3, para4: cstringArray): int32 {.cdecl.}
    ## Takes a row of `exec`: how many columns, their values, their names.
  Tbind_destructor_func* = proc (para1: pointer) {.cdecl.}
    ## Gives back a value that was bound.

template SQLITE_STATIC*: Tbind_destructor_func = nil
  ## The value that was bound stays.
template SQLITE_TRANSIENT*: Tbind_destructor_func = cast[Tbind_destructor_func](-1)
  ## It is copied.

{.push dynlib: "libsqlite3.so(|.0)", cdecl.}

proc open*(filename: cstring, ppDb: var PSqlite3): int32 {.importc: "sqlite3_open".}
proc close*(para1: PSqlite3): int32 {.importc: "sqlite3_close".}
proc exec*(para1: PSqlite3, sql: cstring, para3: Callback, para4: pointer, errmsg: var cstring): int32 {.importc: "sqlite3_exec".}
proc free*(z: cstring) {.importc: "sqlite3_free".}
proc last_insert_rowid*(para1: PSqlite3): int64 {.importc: "sqlite3_last_insert_rowid".}
proc changes*(para1: PSqlite3): int32 {.importc: "sqlite3_changes".}
proc total_changes*(para1: PSqlite3): int32 {.importc: "sqlite3_total_changes".}
proc interrupt*(para1: PSqlite3) {.importc: "sqlite3_interrupt".}
proc complete*(sql: cstring): int32 {.importc: "sqlite3_complete".}
proc busy_timeout*(para1: PSqlite3, ms: int32): int32 {.importc: "sqlite3_busy_timeout".}
proc errcode*(db: PSqlite3): int32 {.importc: "sqlite3_errcode".}
proc errmsg*(para1: PSqlite3): cstring {.importc: "sqlite3_errmsg".}
proc libversion*(): cstring {.importc: "sqlite3_libversion".}
proc libversion_number*(): int32 {.importc: "sqlite3_libversion_number".}
proc prepare*(db: PSqlite3, zSql: cstring, nBytes: int32, ppStmt: var PStmt, pzTail: ptr cstring): int32 {.
  importc: "sqlite3_prepare".}
proc prepare_v2*(db: PSqlite3, zSql: cstring, nByte: cint, ppStmt: var PStmt, pzTail: ptr cstring): cint {.
  importc: "sqlite3_prepare_v2".}
proc step*(para1: PStmt): int32 {.importc: "sqlite3_step".}
proc reset*(PStmt: PStmt): int32 {.importc: "sqlite3_reset".}
proc clear_bindings*(para1: PStmt): int32 {.importc: "sqlite3_clear_bindings".}
proc finalize*(PStmt: PStmt): int32 {.importc: "sqlite3_finalize".}
proc bind_blob*(para1: PStmt, para2: int32, para3: pointer, n: int32, para5: Tbind_destructor_func): int32 {.
  importc: "sqlite3_bind_blob".}
proc bind_double*(para1: PStmt, para2: int32, para3: float64): int32 {.importc: "sqlite3_bind_double".}
proc bind_int*(para1: PStmt, para2: int32, para3: int32): int32 {.importc: "sqlite3_bind_int".}
proc bind_int64*(para1: PStmt, para2: int32, para3: int64): int32 {.importc: "sqlite3_bind_int64".}
proc bind_null*(para1: PStmt, para2: int32): int32 {.importc: "sqlite3_bind_null".}
proc bind_text*(para1: PStmt, para2: int32, para3: cstring, n: int32, para5: Tbind_destructor_func): int32 {.
  importc: "sqlite3_bind_text".}
proc bind_parameter_count*(para1: PStmt): int32 {.importc: "sqlite3_bind_parameter_count".}
proc bind_parameter_name*(para1: PStmt, para2: int32): cstring {.importc: "sqlite3_bind_parameter_name".}
proc bind_parameter_index*(para1: PStmt, zName: cstring): int32 {.importc: "sqlite3_bind_parameter_index".}
proc column_count*(PStmt: PStmt): int32 {.importc: "sqlite3_column_count".}
proc column_name*(para1: PStmt, para2: int32): cstring {.importc: "sqlite3_column_name".}
proc column_table_name*(para1: PStmt, para2: int32): cstring {.importc: "sqlite3_column_table_name".}
proc column_decltype*(para1: PStmt, i: int32): cstring {.importc: "sqlite3_column_decltype".}
proc data_count*(pStmt: PStmt): int32 {.importc: "sqlite3_data_count".}
proc column_blob*(para1: PStmt, iCol: int32): pointer {.importc: "sqlite3_column_blob".}
proc column_bytes*(para1: PStmt, iCol: int32): int32 {.importc: "sqlite3_column_bytes".}
proc column_double*(para1: PStmt, iCol: int32): float64 {.importc: "sqlite3_column_double".}
proc column_int*(para1: PStmt, iCol: int32): int32 {.importc: "sqlite3_column_int".}
proc column_int64*(para1: PStmt, iCol: int32): int64 {.importc: "sqlite3_column_int64".}
proc column_text*(para1: PStmt, iCol: int32): cstring {.importc: "sqlite3_column_text".}
proc column_type*(para1: PStmt, iCol: int32): int32 {.importc: "sqlite3_column_type".}

{.pop.}
