var
  score* = 0
  names*: seq[string]
proc bump*(n: var int) = inc n
