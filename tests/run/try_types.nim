discard """
  output: '''
GameError game 7
LoadError load
either KeyError
either OSError
none
LoadError true true
one of a list
'''
"""
# Exceptions of one's own, a base type catches what derives from it, several types in one branch.
type
  GameError = object of CatchableError
    code: int
  LoadError = object of GameError
proc fail(kind: int) =
  case kind
  of 0: raise (ref GameError)(msg: "game", code: 7)
  of 1: raise newException(LoadError, "load")
  of 2: raise newException(KeyError, "key")
  of 3: raise newException(OSError, "os")
  else: discard
for k in 0..4:
  try:
    fail(k)
    echo "none"
  except LoadError as e:
    echo "LoadError ", e.msg
  except GameError as e:
    echo "GameError ", e.msg, " ", e.code
  except KeyError, OSError:
    echo "either ", getCurrentException().name
try:
  fail(1)
except CatchableError as e:
  echo e.name, " ", e of LoadError, " ", e of GameError

# A bracket, as macros put it there.
try: raise newException(KeyError, "k")
except [OSError, KeyError]: echo "one of a list"
