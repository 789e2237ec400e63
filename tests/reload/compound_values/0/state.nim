proc pair(): (int, int) = (1, 2)
if true:
  let
    a = 1
    b = a + 1
  echo "top"
  block:
    var c = 3
    c += 10
  for i in 1 .. 1:
    let d = i * 2
    proc showFor() = echo d
var (e, f) = pair()
let g = (if f > 0:
  let inner = f + 1
  inner * 2 else: 0)
proc show*() = echo e, " ", f, " ", g
