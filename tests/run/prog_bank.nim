discard """
  output: '''
moved 30
moved 50
account 1 lacks 20
20 80 @["-30", "-50"] @["+30", "+50"]
'''
"""
# Objects, exceptions and a table by hand.
type
  Account = ref object
    id: int
    balance: int
    history: seq[string]
  FundsError = object of ValueError
proc withdraw(a: Account, n: int) =
  if n > a.balance:
    raise newException(FundsError, "account " & $a.id & " lacks " & $(n - a.balance))
  a.balance -= n
  a.history.add("-" & $n)
proc transfer(src, dst: Account, n: int) =
  src.withdraw(n)
  dst.balance += n
  dst.history.add("+" & $n)
let a = Account(id: 1, balance: 100)
let b = Account(id: 2)
for n in [30, 50, 40]:
  try:
    transfer(a, b, n)
    echo "moved ", n
  except FundsError as e:
    echo e.msg
echo a.balance, " ", b.balance, " ", a.history, " ", b.history
