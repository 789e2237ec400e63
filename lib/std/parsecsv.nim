## Tables as text with commas (RFC 4180).

import std/streams

type
  CsvRow* = seq[string] ## The fields of a row.
  CsvError* = object of IOError ## The text is no such table.
  CsvParser* = object of RootObj
    ## Reads a table row by row.
    row*: CsvRow ## The fields of the row that was read last.
    headers*: seq[string] ## The names of the columns, when they were read.
    text, filename: string
    pos, line, lineStart, rows: int
    sep, quote, esc: char
    skipWhite: bool
    input: Stream

proc fail(self: CsvParser, pos: int, msg: string) {.noreturn.} =
  let at = if self.filename.len == 0: "Error: " else:
    self.filename & "(" & $self.line & ", " & $abs(pos - self.lineStart) & ") Error: "
  raise newException(CsvError, at & msg)

proc open*(self: var CsvParser, input: Stream, filename: string, separator = ',', quote = '"', escape = '\0',
           skipInitialSpace = false) =
  ## Begins with a stream. The file's name is for errors.
  self = CsvParser(text: input.readAll(), filename: filename, line: 1, sep: separator, quote: quote, esc: escape,
    skipWhite: skipInitialSpace, input: input)

proc open*(self: var CsvParser, filename: string, separator = ',', quote = '"', escape = '\0', skipInitialSpace = false) =
  ## Begins with a file.
  let input = newFileStream(filename, fmRead)
  if input.isNil:
    self.filename = filename
    self.fail(0, "cannot open: " & filename)
  open(self, input, filename, separator, quote, escape, skipInitialSpace)

proc at(self: CsvParser, pos: int): char = (if pos < self.text.len: self.text[pos] else: '\0')

proc newLine(self: var CsvParser, pos: int): int =
  # Behind the end of a line.
  result = pos + (if self.at(pos) == '\c' and self.at(pos + 1) == '\l': 2 else: 1)
  inc self.line
  self.lineStart = result

proc skipEmpty(self: var CsvParser) =
  while self.at(self.pos) in {'\c', '\l'}: self.pos = self.newLine(self.pos)

proc parseField(self: var CsvParser): string =
  var pos = self.pos
  if self.skipWhite:
    while self.at(pos) in {' ', '\t'}: inc pos
  if self.at(pos) == self.quote and self.quote != '\0':
    inc pos
    while true:
      let c = self.at(pos)
      if c == '\0':
        self.pos = pos
        self.fail(pos, self.quote & " expected")
      elif c == self.quote and self.esc == '\0' and self.at(pos + 1) == self.quote:
        result.add(c)
        inc pos, 2
      elif c == self.quote:
        inc pos
        break
      elif c == self.esc:
        result.add(self.at(pos + 1))
        inc pos, 2
      elif c in {'\c', '\l'}:
        result.add('\n')
        pos = self.newLine(pos)
      else:
        result.add(c)
        inc pos
  else:
    while self.at(pos) notin {'\c', '\l', '\0'} and self.at(pos) != self.sep:
      result.add(self.at(pos))
      inc pos
  self.pos = pos

proc processedRows*(self: var CsvParser): int = self.rows
  ## How many rows were asked for.

proc readRow*(self: var CsvParser, columns = 0): bool =
  ## Reads a row, which must have so many columns unless that is 0; false at the end.
  self.skipEmpty()
  let start = self.pos
  self.row.setLen(0)
  while self.at(self.pos) != '\0':
    self.row.add(self.parseField())
    if self.at(self.pos) == self.sep: inc self.pos
    else:
      if self.at(self.pos) notin {'\c', '\l', '\0'}: self.fail(self.pos, self.sep & " expected")
      self.skipEmpty()
      break
  result = self.row.len > 0
  if result and columns > 0 and self.row.len != columns:
    self.fail(start + 1, $columns & " columns expected, but found " & $self.row.len & " columns")
  inc self.rows

proc close*(self: var CsvParser) =
  ## Closes the stream.
  if not self.input.isNil: self.input.close()

proc readHeaderRow*(self: var CsvParser) =
  ## Reads the names of the columns.
  if self.readRow(): self.headers = self.row

proc rowEntry*(self: var CsvParser, entry: string): var string =
  ## The field of the present row in the column of that name.
  let column = self.headers.find(entry)
  if column < 0: raise newException(KeyError, "Entry `" & entry & "` doesn't exist")
  self.row[column]
