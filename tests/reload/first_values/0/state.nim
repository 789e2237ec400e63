proc pair(): (int, string) = (1, "one")
var rounds = 0
let (number, _) = pair()
if rounds == 0:
  let inIf = 10
  echo "top level"
  rounds += 1
proc show*() = echo rounds, " ", number
