proc pair(): (int, int) = (1, 2)
if true or pair()[0] == 1:
  let
    a = 1
    b = a + 2
  echo "another top"
  discard b
  block:
    echo "here too"
    var c = 3
    c += 20
  for i in 1 .. 1:
    echo i
    let d = i * 2
    proc showFor() = echo d
var (e, f) = (1, pair()[1])
let g = (if f > 0:
  let inner = f + 1
  inner * 3 else: 0)
proc show*() = echo e, " ", f, " ", g
