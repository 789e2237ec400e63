discard """
  output: '''
@["ok0", "fin0", "fin1", "i1"]
'''
"""
var log: seq[string]
try:
  for i in 0 ..< 3:
    try:
      if i == 1: raise newException(ValueError, "i" & $i)
      log.add "ok" & $i
    except IOError:
      log.add "never"
    finally:
      log.add "fin" & $i
except ValueError as e:
  log.add e.msg
echo log
