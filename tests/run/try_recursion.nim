discard """
  output: '''
unwind 0
unwind 1
unwind 2
unwind 3
Foo: deep
done
'''
"""
type Foo = object of ValueError
proc nested(n: int) =
  try:
    if n == 0: raise newException(Foo, "deep")
    nested(n - 1)
  finally:
    echo "unwind ", n
try: nested(3)
except ValueError as e: echo e.name, ": ", e.msg
echo "done"
