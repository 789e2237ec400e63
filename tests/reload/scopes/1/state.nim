var show*: proc ()
if true:
  var fresh = 100
  fresh += 1
  if fresh > 0:
    show = proc () = echo fresh
if true:
  var a = 1
  a += 10
  block:
    var b = 2
    b += 10
    show = proc () = echo "1: ", a, " ", b
block outer:
  var c = 3
  c += 10
while true:
  var tmp = 6
  tmp += 10
  break
