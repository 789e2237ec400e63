discard """
  output: '''
body 1
~10
~1
~20
~2
body 3
~30
~3
after loop
w
~101
~102
after while
block
~200
after block
if
~300
after if
~400
x
~500
after try
~600
after case
end
~701
~700
'''
"""
# Variables of blocks and loops of the top level are destroyed where they end.
type D = object
  n: int
proc `=destroy`(d: var D) =
  if d.n != 0: echo "~", d.n
proc mk(n: int): D = D(n: n)
for i in 1..3:
  let d = mk(i)
  var e = mk(i * 10)
  if i == 2: continue
  echo "body ", d.n
echo "after loop"
var w = 0
while w < 2:
  inc w
  let z = mk(100 + w)
  if w == 2: break
  echo "w"
echo "after while"
block:
  let q = mk(200)
  echo "block"
echo "after block"
if w == 2:
  let y = mk(300)
  echo "if"
echo "after if"
try:
  let t = mk(400)
  raise newException(ValueError, "x")
except ValueError as e:
  let u = mk(500)
  echo e.msg
echo "after try"
case w
of 2:
  let cc = mk(600)
  discard cc
else: discard
echo "after case"
let (a, b) = (mk(700), mk(701))
echo "end"
