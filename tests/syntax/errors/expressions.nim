#! (1, 9) Error: expression expected, but found '='
#! (3, 4) Error: expected: ']', but got: 'keyword let'
#! (4, 5) Error: expected: ')', but got: 'echo'
#! (4, 6) Error: invalid indentation
#! (7, 7) Error: expected: ':', but got: '2'
#! (12, 1) Error: identifier expected, but got 'keyword let'
#! (13, 5) Error: expected: ']', but got: 'keyword case'
#! (15, 5) Error: expected: ':', but got: 'echo'
#! (16, 1) Error: expression expected, but found '[EOF]'
let a = = 1
let b = [1, 2
let c = (1 + 2
echo )
d = f(1, )
let e = if x: 1
else 2
proc f(a: int): int =
  let b = * 2 +
  b
echo `a
let g = cast[int 5
case x
of 1 y
echo 3 $
