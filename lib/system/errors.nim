# The tree of objects: `RootObj`, and what can be raised.

type
  RootObj* {.compilerproc, inheritable.} = object ## What other object types derive from; has a dynamic type.
  RootRef* = ref RootObj
  RootEffect* = object of RootObj ## What tags derive from.
  TimeEffect* = object of RootEffect
  IOEffect* = object of RootEffect
  ReadIOEffect* = object of IOEffect
  WriteIOEffect* = object of IOEffect
  ExecIOEffect* = object of IOEffect

type
  Exception* {.compilerproc.} = object of RootObj
    ## What can be raised. Derive from `CatchableError` for errors of one's own.
    parent*: ref Exception ## What led to this one.
    name*: cstring ## The type's name; filled in by `raise`.
    msg*: string ## What went wrong.
    trace: string # where it was raised, as printed
  Defect* = object of Exception ## A mistake of the program.
  CatchableError* = object of Exception ## Something that a correct program can meet.
  IOError* = object of CatchableError ## Input or output failed.
  EOFError* = object of IOError ## The end of a file was reached.
  OSError* = object of CatchableError ## The system refused.
    errorCode*: int32 ## The system's number for it.
  LibraryError* = object of OSError ## A dynamic library or a symbol of one was not found.
  ResourceExhaustedError* = object of CatchableError
  ValueError* = object of CatchableError ## A value that cannot be used.
  KeyError* = object of ValueError ## A key that is not in a table.
  HostError* = object of CatchableError ## A function of the host failed or panicked.
  ReloadError* = object of CatchableError ## A proc that a reload removed or changed was called by its old address.
  ArithmeticDefect* = object of Defect
  DivByZeroDefect* = object of ArithmeticDefect ## An integer was divided by zero.
  OverflowDefect* = object of ArithmeticDefect ## A signed result does not fit its type.
  FloatingPointDefect* = object of Defect
  FloatInvalidOpDefect* = object of FloatingPointDefect
  FloatDivByZeroDefect* = object of FloatingPointDefect
  FloatOverflowDefect* = object of FloatingPointDefect
  FloatUnderflowDefect* = object of FloatingPointDefect
  FloatInexactDefect* = object of FloatingPointDefect
  AccessViolationDefect* = object of Defect ## Memory that is not the program's was touched.
  NilAccessDefect* = object of Defect ## Nil was dereferenced.
  AssertionDefect* = object of Defect ## What an `assert` says does not hold.
  OutOfMemDefect* = object of Defect ## There is not enough memory.
  IndexDefect* = object of Defect ## An index is out of bounds.
  FieldDefect* = object of Defect ## A field that the discriminator excludes was accessed.
  RangeDefect* = object of Defect ## A value does not fit its type.
  StackOverflowDefect* = object of Defect ## Calls are nested too deeply.
  ReraiseDefect* = object of Defect ## `raise` without an exception being handled.
  ObjectAssignmentDefect* = object of Defect
  ObjectConversionDefect* = object of Defect ## An object is not of the type that it is converted to.
  DeadThreadDefect* = object of Defect

type # names from before Nim 1.4
  ArithmeticError* {.deprecated: "use ArithmeticDefect".} = ArithmeticDefect
  DivByZeroError* {.deprecated: "use DivByZeroDefect".} = DivByZeroDefect
  OverflowError* {.deprecated: "use OverflowDefect".} = OverflowDefect
  AccessViolationError* {.deprecated: "use AccessViolationDefect".} = AccessViolationDefect
  AssertionError* {.deprecated: "use AssertionDefect".} = AssertionDefect
  OutOfMemError* {.deprecated: "use OutOfMemDefect".} = OutOfMemDefect
  IndexError* {.deprecated: "use IndexDefect".} = IndexDefect
  FieldError* {.deprecated: "use FieldDefect".} = FieldDefect
  RangeError* {.deprecated: "use RangeDefect".} = RangeDefect
  StackOverflowError* {.deprecated: "use StackOverflowDefect".} = StackOverflowDefect
  ReraiseError* {.deprecated: "use ReraiseDefect".} = ReraiseDefect
  ObjectAssignmentError* {.deprecated: "use ObjectAssignmentDefect".} = ObjectAssignmentDefect
  ObjectConversionError* {.deprecated: "use ObjectConversionDefect".} = ObjectConversionDefect
  FloatingPointError* {.deprecated: "use FloatingPointDefect".} = FloatingPointDefect
  FloatInvalidOpError* {.deprecated: "use FloatInvalidOpDefect".} = FloatInvalidOpDefect
  FloatDivByZeroError* {.deprecated: "use FloatDivByZeroDefect".} = FloatDivByZeroDefect
  FloatOverflowError* {.deprecated: "use FloatOverflowDefect".} = FloatOverflowDefect
  FloatUnderflowError* {.deprecated: "use FloatUnderflowDefect".} = FloatUnderflowDefect
  FloatInexactError* {.deprecated: "use FloatInexactDefect".} = FloatInexactDefect
  DeadThreadError* {.deprecated: "use DeadThreadDefect".} = DeadThreadDefect
  NilAccessError* {.deprecated: "use NilAccessDefect".} = NilAccessDefect
