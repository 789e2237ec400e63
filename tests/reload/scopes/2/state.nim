var show*: proc ()
if true:
  var a = 1
  a += 10
  block:
    var b = 2
    b += 10
    show = proc () = echo "1: ", a, " ", b
block other:
  var c = 3
  c += 10
while true:
  var tmp = 7
  tmp += 10
  break
if true:
  var tmp = 8
  tmp += 10
