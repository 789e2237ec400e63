## What modules for databases have in common.

type
  DbError* = object of IOError ## The database says no.
  SqlQuery* = distinct string ## A query.
  DbEffect* = object of IOEffect ## Uses a database.
  ReadDbEffect* = object of DbEffect ## Reads from one.
  WriteDbEffect* = object of DbEffect ## Writes to one.
  DbTypeKind* = enum ## What types of columns there are.
    dbUnknown, dbSerial, dbNull, dbBit, dbBool, dbBlob, dbFixedChar, dbVarchar, dbJson, dbXml, dbInt, dbUInt, dbDecimal,
    dbFloat, dbDate, dbTime, dbDatetime, dbTimestamp, dbTimeInterval, dbEnum, dbSet, dbArray, dbComposite, dbUrl, dbUuid,
    dbInet, dbMacAddress, dbGeometry, dbPoint, dbLine, dbLseg, dbBox, dbPath, dbPolygon, dbCircle, dbUser1, dbUser2, dbUser3,
    dbUser4, dbUser5
  DbType* = object ## A type.
    kind*: DbTypeKind
    notNull*: bool
    name*: string
    size*: Natural ## 0 when it varies.
    maxReprLen*: Natural
    precision*, scale*: Natural
    min*, max*: BiggestInt
    validValues*: seq[string]
  DbColumn* = object ## A column.
    name*: string
    tableName*: string
    typ*: DbType
    primaryKey*: bool
    foreignKey*: bool
  DbColumns* = seq[DbColumn]

template sql*(query: string): SqlQuery = SqlQuery(query)
  ## A text as a query.

proc dbError*(msg: string) {.noreturn, noinline.} = raise newException(DbError, msg)
  ## Raises a DbError.
