discard """
  output: '''
my or key my MyErr
sub sub 5 Sub
ValueError val true false
other io IOError
other os OSError
my or key k KeyError
true []
'''
"""
type
  MyErr = object of CatchableError
    code: int
  Sub = object of MyErr
proc f(n: int) =
  if n == 0: raise newException(MyErr, "my")
  if n == 1:
    var s = (ref Sub)(msg: "sub", code: 5)
    raise s
  if n == 2: raise newException(ValueError, "val")
  if n == 3: raise (ref IOError)(msg: "io")
  if n == 4: raise newException(OSError, "os")
  if n == 5: raise newException(KeyError, "k")
for i in 0..5:
  try:
    f(i)
  except Sub as e:
    echo "sub ", e.msg, " ", e.code, " ", e.name
  except MyErr, KeyError:
    echo "my or key ", getCurrentExceptionMsg(), " ", getCurrentException().name
  except ValueError:
    let e = getCurrentException()
    echo e.name, " ", e.msg, " ", e of ValueError, " ", e of IOError
  except:
    let e = getCurrentException()
    echo "other ", e.msg, " ", $e.name
echo getCurrentException().isNil, " [", getCurrentExceptionMsg(), "]"
