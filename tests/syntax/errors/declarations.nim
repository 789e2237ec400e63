#! (1, 13) Error: expected: ')', but got: 'int'
#! (2, 8) Error: the syntax is 'parameter: var T', not 'var parameter: T'
#! (4, 5) Error: expected: ')', but got: 'keyword proc'
#! (5, 3) Error: invalid indentation, maybe you forgot a '='
#! (6, 10) Error: expected: ']', but got: '('
#! (8, 5) Error: ':' or '=' expected, but got 'int'
#! (11, 3) Error: invalid indentation
#! (13, 1) Error: routine expected, but found 'keyword var' (empty new-styled concepts are not allowed)
#! (13, 13) Error: the syntax for tuple types is 'tuple[...]', not 'tuple(...)'
#! (15, 1) Error: ':' or '=' expected, but got 'keyword let'
#! (15, 5) Error: identifier expected, but got '='
#! (17, 5) Error: expected: '=', but got: 'keyword type'
#! (20, 9) Error: the 'concept' keyword is only valid in 'type' sections
#! (22, 1) Error: expected '.}'
proc f(x int) = discard
proc g(var x: int) = discard
proc h(x: int
proc i*(x: int)
  echo x
proc j[T(x: T) = discard
type A = object
  x int
type
  B = enum
  C = int
type D = concept
var x: tuple(a: int)
let y
let = 5
const z: int
type E = object
  case x
  of 1: y: int
let k = concept
{.push x
