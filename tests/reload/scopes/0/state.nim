var show*: proc ()
if true:
  var a = 1
  a += 10
  block:
    var b = 2
    b += 10
    show = proc () = echo a, " ", b
block outer:
  var c = 3
  c += 10
for i in 0 .. 0:
  var tmp = 5
  tmp += 10
while true:
  var tmp = 6
  tmp += 10
  break
