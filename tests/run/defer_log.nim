discard """
  output: '''
truefalse
@["try 30", "done 30", "try 100", "need 30 more", "done 100", "try -5", "done -5", "amount must be positive"]
'''
"""
type
  Account = ref object
    balance: int
    log: seq[string]
  Insufficient = object of CatchableError
    need: int
proc withdraw(a: Account, n: int) =
  if n <= 0: raise newException(ValueError, "amount must be positive")
  if a.balance < n:
    raise (ref Insufficient)(msg: "need " & $(n - a.balance) & " more", need: n - a.balance)
  a.balance -= n
proc attempt(a: Account, n: int): bool =
  a.log.add "try " & $n
  defer: a.log.add "done " & $n
  try:
    a.withdraw(n)
    return true
  except Insufficient as e:
    a.log.add e.msg
    return false
let acc = Account(balance: 100)
echo acc.attempt(30), acc.attempt(100)
try: discard acc.attempt(-5)
except ValueError: acc.log.add getCurrentExceptionMsg()
echo acc.log
