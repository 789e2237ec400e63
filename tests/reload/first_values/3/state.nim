var rounds = 0
let number = 3
let outer = (if rounds > 0:
  let inner = rounds + 1
  let other = inner + 5
  inner * 20 else: 0)
proc show*() =
  echo rounds, " ", number, " ", outer
