discard """
  errormsg: "undeclared identifier: 'missing'"
  line: 9
"""
# In a generic that nobody calls, names that cannot depend on a type parameter are looked up all the same.
proc known[T](x: T): int =
  mixin laterwards
  when declared(notThere): notThere(x)
  let y = missing(x.whatever)
  laterwards(x) + y
