#! (3, 7) Error: ':' or '=' expected, but got 'int'
#! (5, 5) Error: identifier expected, but got '('
#! (6, 3) Error: identifier expected, but got '('
#! (10, 11) Error: invalid indentation
#! (13, 3) Error: identifier expected, but got 'keyword if'
type
  A = object
    x int
    y: string
    (z: int)
  (B = int)
  C = 5 6
  D = int
let
  a = 1 b = 2
  c = 3
var
  if
  d = 4
