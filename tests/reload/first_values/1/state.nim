proc pair(): (int, string) =
  echo "pair"
  (2, "two")
var
  rounds = 100
  more = rounds * 10
  most = more + 1
let (number, name) = pair()
if rounds == 1:
  let
    inIf = 20
    beside = rounds + 20
  echo "top level"
  rounds += 1
  proc showInner() = echo inIf, " ", beside
block:
  let inBlock = rounds + 30
  echo "block"
  proc showBlock() = echo inBlock
while true:
  let inWhile = rounds + 40
  rounds += 1
  proc showWhile() = echo inWhile
for index in 7..9:
  let inFor = index
  rounds += 1
  proc showFor() = echo inFor
try:
  let inTry = rounds + 50
  rounds += 1
  proc showTry() = echo inTry
finally:
  rounds += 1
proc count(): int =
  var calls {.global.} = rounds + 60
  calls
proc show*() =
  echo rounds, " ", number, " ", more, " ", most, " ", name, " ", count()
