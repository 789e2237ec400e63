## Tables of text whose columns are as wide as their widest cells.

type Cell* = object
  ## A cell, and how large the table is.
  text*: string
  width*, row*, col*, ncols*, nrows*: int

proc rows(s: string, delim: char): seq[seq[string]] =
  var row = @[""]
  for i, c in s:
    if c == '\n':
      result.add row
      row = @[""]
    elif c == delim: row.add ""
    else: row[^1].add c
  if s.len > 0 and s[^1] != '\n': result.add row

iterator parseTableCells*(s: string, delim = '\t'): Cell =
  ## The cells row by row; short rows are filled up.
  let table = rows(s, delim)
  var widths: seq[int]
  for row in table:
    for i, text in row:
      if i == widths.len: widths.add 0
      widths[i] = max(widths[i], text.len)
  # A last line end begins a row, of which there are no cells.
  let count = table.len + ord(s.len == 0 or s[^1] == '\n')
  for r, row in table:
    for c, width in widths:
      yield Cell(text: if c < row.len: row[c] else: "", width: width, row: r, col: c, ncols: widths.len, nrows: count)

proc alignTable*(s: string, delim = '\t', fill = ' ', sep = " "): string =
  ## The table with cells filled up to the width of their columns.
  for cell in parseTableCells(s, delim):
    result.add cell.text
    for _ in cell.text.len ..< cell.width: result.add fill
    if cell.col < cell.ncols - 1: result.add sep
    elif cell.row < cell.nrows - 1: result.add '\n'
