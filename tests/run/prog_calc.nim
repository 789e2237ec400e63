discard """
  output: '''
1 + 2 * 3 = 7.0
(1 + 2) * -3 = -9.0
10 / 4 = 2.5
2 * (3 + 4: ) expected at 10
7 + x: unexpected 'x' at 4
'''
"""
# A recursive-descent calculator.
type Parser = object
  text: string
  pos: int
proc peek(p: Parser): char =
  if p.pos < p.text.len: p.text[p.pos] else: '\0'
proc skip(p: var Parser) =
  while p.peek == ' ': inc p.pos
proc expr(p: var Parser): float
proc factor(p: var Parser): float =
  p.skip()
  case p.peek
  of '0'..'9':
    while p.peek in {'0'..'9'}:
      result = result * 10 + float(ord(p.peek) - ord('0'))
      inc p.pos
  of '(':
    inc p.pos
    result = p.expr()
    p.skip()
    if p.peek != ')': raise newException(ValueError, ") expected at " & $p.pos)
    inc p.pos
  of '-':
    inc p.pos
    result = -p.factor()
  else:
    raise newException(ValueError, "unexpected '" & p.peek & "' at " & $p.pos)
proc term(p: var Parser): float =
  result = p.factor()
  while true:
    p.skip()
    case p.peek
    of '*':
      inc p.pos
      result *= p.factor()
    of '/':
      inc p.pos
      result /= p.factor()
    else: return
proc expr(p: var Parser): float =
  result = p.term()
  while true:
    p.skip()
    case p.peek
    of '+':
      inc p.pos
      result += p.term()
    of '-':
      inc p.pos
      result -= p.term()
    else: return
for s in ["1 + 2 * 3", "(1 + 2) * -3", "10 / 4", "2 * (3 + 4", "7 + x"]:
  var p = Parser(text: s)
  try:
    echo s, " = ", p.expr()
  except ValueError as e:
    echo s, ": ", e.msg
