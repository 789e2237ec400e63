## What lexers stand on: a text with a position in it, and lines that are counted.
##
## The whole input is in `buf`, with `EndOfFile` after it.

import std/streams
import std/strutils except NewLines

const
  EndOfFile* = '\0' ## Ends the text.
  NewLines* = {'\c', '\l'} ## What ends lines.

type
  BaseLexer* = object of RootObj
    ## To be inherited from.
    bufpos*: int ## Where the lexer is.
    buf*: string ## The text.
    lineNumber*: int ## The line, from 1.
    offsetBase*: int ## What comes before `buf`: nothing.
    input: Stream
    lineStart: int

proc close*(L: var BaseLexer) =
  ## Closes the stream.
  if L.input != nil: L.input.close

proc open*(L: var BaseLexer, input: Stream, bufLen: int = 8192, refillChars: set[char] = NewLines) =
  ## Starts with what `input` holds. The other arguments are for lexers that read piece by piece.
  L.input = input
  L.buf = input.readAll
  L.bufpos = if L.buf.startsWith("\xEF\xBB\xBF"): 3 else: 0
  L.lineStart = L.bufpos
  L.lineNumber = 1
  L.offsetBase = 0
  L.buf.add EndOfFile

proc beginLine(L: var BaseLexer, pos: int): int =
  inc L.lineNumber
  L.lineStart = pos
  pos

proc handleCR*(L: var BaseLexer, pos: int): int =
  ## To be called at `'\c'`: the start of the next line.
  assert L.buf[pos] == '\c'
  L.beginLine(if L.buf[pos + 1] == '\l': pos + 2 else: pos + 1)

proc handleLF*(L: var BaseLexer, pos: int): int =
  ## To be called at `'\l'`: the start of the next line.
  assert L.buf[pos] == '\l'
  L.beginLine(pos + 1)

proc handleRefillChar*(L: var BaseLexer, pos: int): int = pos + 1
  ## To be called at one of the `refillChars` that ends no line.

proc getColNumber*(L: BaseLexer, pos: int): int = abs(pos - L.lineStart)
  ## The column of `pos` in the current line, from 0.

proc getCurrentLine*(L: BaseLexer, marker: bool = true): string =
  ## The current line, and below it a `^` at the current position.
  var last = L.lineStart
  while last < L.buf.high and L.buf[last] notin NewLines: inc last
  result = L.buf[L.lineStart ..< last] & "\n"
  if marker: result.add spaces(L.getColNumber(L.bufpos)) & "^\n"
