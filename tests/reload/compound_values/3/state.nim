proc pair(): (int, int) = (1, 2)
if true or pair()[0] == 1:
  let
    z = 26
    a = 1
    b = a + 2
  echo "another top", z
  block:
    echo "here too"
    var c = 4
    c += 20
  for i in 1 .. 1:
    let d = i * 2
    echo i
    proc showFor() = echo d
var (e, f) = (1, pair()[1])
let g = (if f > 0:
  let inner = f + 7
  inner * 3 else: 0)
proc show*() = echo e, " ", f, " ", g
