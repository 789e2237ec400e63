discard """
  output: '''
a0b1c2nl 2
d0e1f2cr 3
g0
g
 ^
'''
"""
# A lexer over the base counts lines and columns.
import lexbase, streams
type L = object of BaseLexer
var l: L
l.open(newStringStream("abc\ndef\r\ng"))
var pos = l.bufpos
while l.buf[pos] != EndOfFile:
  case l.buf[pos]
  of '\L': pos = l.handleLF(pos); echo "nl ", l.lineNumber
  of '\c': pos = l.handleCR(pos); echo "cr ", l.lineNumber
  else: stdout.write l.buf[pos], l.getColNumber(pos); inc pos
  l.bufpos = pos
echo ""
stdout.write l.getCurrentLine
l.close
